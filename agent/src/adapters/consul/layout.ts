import type { DesiredChange, DesiredState } from "../../model/desired-state";
import { emptyDesiredState } from "../../model/desired-state";
import { decodeElectorate, decodeNode, decodeService, decodeTerm } from "./stored-values";
import { decodeWantedVoters } from "./stored-values";

/**
 * Where the desired state lies in Consul's KV: `covey/CLUSTER/term`, `covey/CLUSTER/services/NAME`,
 * `covey/CLUSTER/nodes/NAME`, `covey/CLUSTER/voters` (who is wanted), `covey/CLUSTER/electorate` (who it is), each a
 * JSON value.
 */
export interface Layout {
  readonly prefix: string;
  readonly term: string;
  readonly voters: string;
  readonly electorate: string;
  service(name: string): string;
  node(name: string): string;
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
  const nodes = { ...emptyDesiredState.nodes };
  const services = { ...emptyDesiredState.services };
  let voters: Pick<DesiredState, "wantedVoters" | "electorate"> = {};
  const unreadable: { key: string; modifyIndex: number; why: string }[] = [];
  let term: number | undefined;
  let master: string | undefined;
  let termIndex = 0;

  for (const pair of pairs) {
    const part = pair.key.slice(layout.prefix.length);
    try {
      if (pair.key === layout.term) {
        termIndex = pair.modifyIndex;
        ({ term, master } = decodeTerm(parseValue(pair)));
      } else if (pair.key === layout.voters) {
        voters = { ...voters, ...keptOf(known, "wantedVoters") };
        voters = { ...voters, wantedVoters: decodeWantedVoters(parseValue(pair)) };
      } else if (pair.key === layout.electorate) {
        voters = { ...voters, ...keptOf(known, "electorate") };
        voters = { ...voters, electorate: decodeElectorate(parseValue(pair)) };
      } else if (part.startsWith("services/")) {
        const name = part.slice("services/".length);
        keepKnown(services, name, known.services[name]);
        services[name] = decodeService(name, parseValue(pair));
      } else if (part.startsWith("nodes/")) {
        const name = part.slice("nodes/".length);
        keepKnown(nodes, name, known.nodes[name]);
        nodes[name] = decodeNode(name, parseValue(pair));
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      unreadable.push({ key: pair.key, modifyIndex: pair.modifyIndex, why });
    }
  }
  return {
    term,
    master,
    termIndex,
    state: { term: term ?? 0, nodes, services, ...voters },
    unreadable,
  };
}

function keptOf<K extends "wantedVoters" | "electorate">(
  known: DesiredState,
  key: K,
): Partial<Pick<DesiredState, K>> {
  return known[key] === undefined ? {} : ({ [key]: known[key] } as Pick<DesiredState, K>);
}

function keepKnown<T>(all: Record<string, T>, name: string, known: T | undefined): void {
  if (known !== undefined) all[name] = known;
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
