import { atOnce } from "../../../agent/src/adapters/consul/at-once";
import { engine } from "../../engine";
import type { ContainerSeen } from "../containers";

/** As many as the agent has Docker do side by side. */
const sideBySide = 4;
/** Beyond the agent's. */
const firstPort = 29_200;

/** Just like it, but for its name, its labels and its host ports: what Docker alone takes for the same. */
export function likeness({ Config, HostConfig }: ContainerSeen, index: number): object {
  const config = { ...Config, Labels: undefined, Hostname: undefined };
  const bindings = HostConfig["PortBindings"] as Readonly<
    Record<string, readonly { readonly HostIp: string }[]>
  > | null;
  const PortBindings = Object.fromEntries(
    Object.entries(bindings ?? {}).map(([port, [first]]) => [
      port,
      [{ ...first, HostPort: String(firstPort + index) }],
    ]),
  );
  return { ...config, HostConfig: { ...HostConfig, PortBindings } };
}

/** Created, started and removed one after the other; how long create and start took of each, in ms. */
export async function timePlainStarts(model: ContainerSeen, count: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let index = 0; index < count; index++) {
    const ids: string[] = [];
    const began = performance.now();
    try {
      await createAndStart(likeness(model, index), ids);
      tookMs.push(performance.now() - began);
    } finally {
      await removeAll(ids);
    }
  }
  return tookMs;
}

/** Created and started, four side by side; until the last has started, in ms. */
export async function timePlainDeploy(model: ContainerSeen, count: number): Promise<number> {
  const ids: string[] = [];
  const began = performance.now();
  try {
    const indexes = Array.from({ length: count }, (_, index) => index);
    await atOnce(indexes, sideBySide, (index) => createAndStart(likeness(model, index), ids));
    return performance.now() - began;
  } finally {
    await removeAll(ids);
  }
}

/** Known in `ids` as soon as it is there. */
async function createAndStart(body: object, ids: string[]): Promise<void> {
  const { Id } = (await engine("POST", "/containers/create", { body })) as { readonly Id: string };
  ids.push(Id);
  await engine("POST", `/containers/${Id}/start`);
}

async function removeAll(ids: readonly string[]): Promise<void> {
  await atOnce(ids, sideBySide, (id) => engine("DELETE", `/containers/${id}?force=true&v=true`));
}
