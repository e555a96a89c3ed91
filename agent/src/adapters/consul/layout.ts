import type { DesiredChange, DesiredState } from "../../model/desired-state";
import { emptyDesiredState } from "../../model/desired-state";
import { decodeFramework, decodeRole, unreadableFramework } from "./stored-frameworks";
import { decodeElectorate, decodeNode, decodeService, decodeTerm } from "./stored-values";
import { decodeWantedVoters } from "./stored-values";

/**
 * Where the desired state lies in Consul's KV: `covey/CLUSTER/term`, `covey/CLUSTER/services/NAME`,
 * `covey/CLUSTER/nodes/NAME`, `covey/CLUSTER/frameworks/ID`, `covey/CLUSTER/roles/NAME` (percent-encoded, for names hold '/'),
 * `covey/CLUSTER/voters` (who is wanted), `covey/CLUSTER/electorate` (who it is), each a JSON value.
 */
export interface Layout {
  readonly prefix: string;
  readonly term: string;
  readonly voters: string;
  readonly electorate: string;
  service(name: string): string;
  node(name: string): string;
  framework(id: string): string;
  role(name: string): string;
}

export function layoutOf(cluster: string): Layout {
  const prefix = `covey/${cluster}/`;
  return {
    prefix,
    term: `${prefix}term`,
    voters: `${prefix}voters`,
    electorate: `${prefix}electorate`,
    service: (name) => `${prefix}services/${name}`,
    node: (name) => `${prefix}nodes/${name}`,
    framework: (id) => `${prefix}frameworks/${id}`,
    role: (name) => `${prefix}roles/${encodeURIComponent(name)}`,
  };
}

/** One key as Consul gives it out. */
export interface StoredPair {
  readonly key: string;
  readonly modifyIndex: number;
  /** Base64; null is the empty value. */
  readonly value: string | null;
}

export interface DecodedState {
  /** undefined: there is no term key, or it cannot be read: nobody has claimed this store. */
  readonly term: number | undefined;
  /** Who claimed it; undefined: not said. */
  readonly master: string | undefined;
  /** Modify index of the term key; 0 where it is not there. */
  readonly termIndex: number;
  readonly state: DesiredState;
  readonly unreadable: readonly {
    readonly key: string;
    readonly modifyIndex: number;
    readonly why: string;
  }[];
}

/**
 * The state in `pairs`. What cannot be read is reported and stands as it was in `known`, the state last read:
 * a damaged value must not look like a deletion, which would kill tasks.
 */
export function decodeState(
  layout: Layout,
  pairs: readonly StoredPair[],
  known: DesiredState = emptyDesiredState,
): DecodedState {
  const found: Partial<Mutable<DesiredState>> = {};
  const unreadable: { key: string; modifyIndex: number; why: string }[] = [];
  let term: number | undefined;
  let master: string | undefined;
  let termIndex = 0;

  for (const pair of pairs) {
    try {
      if (pair.key === layout.term) {
        termIndex = pair.modifyIndex;
        ({ term, master } = decodeTerm(parseValue(pair)));
      } else if (pair.key === layout.voters) {
        found.wantedVoters = known.wantedVoters;
        found.wantedVoters = decodeWantedVoters(parseValue(pair));
      } else if (pair.key === layout.electorate) {
        found.electorate = known.electorate;
        found.electorate = decodeElectorate(parseValue(pair));
      } else readItem(layout, pair, { known, found });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      unreadable.push({ key: pair.key, modifyIndex: pair.modifyIndex, why });
    }
  }
  const state = { ...emptyDesiredState, ...found, term: term ?? 0 };
  return { term, master, termIndex, state, unreadable };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Collection = "services" | "nodes" | "frameworks" | "roles";

interface Kind {
  decode(name: string, value: unknown): unknown;
  /** Where no readable value is known. */
  standIn?(name: string): unknown;
}

const collections: Readonly<Record<Collection, Kind>> = {
  services: { decode: decodeService },
  nodes: { decode: decodeNode },
  frameworks: { decode: decodeFramework, standIn: unreadableFramework },
  roles: { decode: decodeRole },
};

/** One of a collection; other keys are of a newer version, and passed over. */
function readItem(
  layout: Layout,
  pair: StoredPair,
  { known, found }: { readonly known: DesiredState; readonly found: Partial<DesiredState> },
): void {
  const [folder = "", ...rest] = pair.key.slice(layout.prefix.length).split("/");
  if (!isKey(folder, collections) || rest.length !== 1) return;
  const name = decodeURIComponent(rest[0] ?? "");
  const kind = collections[folder];
  const all = ((found as Partial<Record<Collection, Record<string, unknown>>>)[folder] ??= {});
  const before = known[folder]?.[name] ?? kind.standIn?.(name);
  if (before !== undefined) all[name] = before;
  all[name] = kind.decode(name, parseValue(pair));
}

function isKey<K extends string>(key: string, all: Readonly<Record<K, unknown>>): key is K {
  return Object.hasOwn(all, key);
}

function parseValue(pair: StoredPair): unknown {
  const text = Buffer.from(pair.value ?? "", "base64").toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`is not JSON (${text.length} characters)`);
  }
}

/** What a change does to which key; `value` undefined deletes it. */
export interface KeyChange {
  readonly key: string;
  readonly value: string | undefined;
}

export function encodeChange(layout: Layout, change: DesiredChange): KeyChange {
  switch (change.kind) {
    case "put-service":
      return { key: layout.service(change.spec.name), value: JSON.stringify(change.spec) };
    case "delete-service":
      return { key: layout.service(change.name), value: undefined };
    case "put-node":
      return { key: layout.node(change.node.name), value: JSON.stringify(change.node) };
    case "delete-node":
      return { key: layout.node(change.name), value: undefined };
    case "put-framework": {
      const { id } = change.framework;
      return { key: layout.framework(id), value: JSON.stringify(change.framework) };
    }
    case "delete-framework":
      return { key: layout.framework(change.id), value: undefined };
    case "put-role":
      return { key: layout.role(change.role.name), value: JSON.stringify(change.role) };
    case "delete-role":
      return { key: layout.role(change.name), value: undefined };
    case "want-voters":
      return { key: layout.voters, value: JSON.stringify({ wanted: change.voters }) };
    case "put-electorate":
      return { key: layout.electorate, value: JSON.stringify(change.electorate) };
  }
}

export function encodeTerm(term: number, master: string): string {
  return JSON.stringify({ term, master });
}

/** Reads Consul's list of KV pairs; what has not their form is left out. */
export function parsePairs(list: unknown): StoredPair[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const { Key, ModifyIndex, Value } = item as Record<string, unknown>;
    if (typeof Key !== "string" || typeof ModifyIndex !== "number") return [];
    return [
      { key: Key, modifyIndex: ModifyIndex, value: typeof Value === "string" ? Value : null },
    ];
  });
}
