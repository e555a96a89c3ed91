/** Of a container, as its engine tells it. */
export interface ContainerSeen {
  readonly Id: string;
  readonly State: { readonly StartedAt: string };
  readonly Config: Readonly<Record<string, unknown>>;
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** A call of one engine's API. */
type Ask = (method: string, path: string) => Promise<unknown>;

interface Wanted {
  /** `NAME=VALUE`; undefined: whatever they have. */
  readonly label?: string;
  /** Those that do not run, too. */
  readonly all?: boolean;
}

export async function seeContainers(
  ask: Ask,
  { label, all = false }: Wanted = {},
): Promise<readonly ContainerSeen[]> {
  const filters = JSON.stringify(label === undefined ? {} : { label: [label] });
  const path = `/containers/json?all=${all}&filters=${encodeURIComponent(filters)}`;
  const list = (await ask("GET", path)) as readonly { readonly Id: string }[];
  return Promise.all(
    list.map(({ Id }) => ask("GET", `/containers/${Id}/json`) as Promise<ContainerSeen>),
  );
}

/** By the engine's own clock. */
export function startedAtMs({ State }: Pick<ContainerSeen, "State">): number {
  return Date.parse(State.StartedAt);
}
