/** Which of two electorates is the newer: the higher term, then the higher version. */
export interface ElectorateId {
  /** Of the master that proposed it; 0: declared in the configuration. */
  readonly term: number;
  readonly version: number;
}

/** The voters that count. In one term the versions are a chain, as a term has one master. */
export interface Electorate extends ElectorateId {
  readonly voters: readonly string[];
}

/** What a heartbeat says of the electorate: its voters only to those that do not have it on disk. */
export interface ElectorateClaim extends ElectorateId {
  readonly voters?: readonly string[] | undefined;
}

/** More voters make every election slower, and hardly any cluster safer. */
export const maxVoters = 7;

/** Of the voters that the configuration declares. Messages leave it out, as they did before electorates changed. */
export const declaredId: ElectorateId = { term: 0, version: 0 };

export function isNewer(one: ElectorateId, other: ElectorateId): boolean {
  return one.term === other.term ? one.version > other.version : one.term > other.term;
}

export function isSameElectorate(one: ElectorateId, other: ElectorateId): boolean {
  return one.term === other.term && one.version === other.version;
}

/** Votes, or acknowledgements, that any two of which have a voter in common. */
export function majorityOf(voters: readonly string[]): number {
  return Math.floor(voters.length / 2) + 1;
}

export function areSameVoters(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

/** One voter more or one fewer: then every majority of the one meets every majority of the other. */
export function isOneStep(from: readonly string[], to: readonly string[]): boolean {
  const [small, large] = from.length < to.length ? [from, to] : [to, from];
  return large.length === small.length + 1 && small.every((name) => large.includes(name));
}

/** As people read it. */
export function electorateName({ term, version }: ElectorateId): string {
  return `${term}.${version}`;
}

/** As it was stored; undefined where it is none of ours. */
export function readElectorate(stored: unknown): Electorate | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const { term, version, voters } = stored as Record<string, unknown>;
  if (!isCount(term) || !isCount(version) || !Array.isArray(voters)) return undefined;
  const names = voters.filter((name): name is string => typeof name === "string" && name !== "");
  if (names.length !== voters.length || new Set(names).size !== names.length) return undefined;
  if (names.length === 0 || names.length > maxVoters) return undefined;
  return { term, version, voters: names };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
