import { maxVoters } from "../model/electorate";

/** So long a node must have been fit without a break before it counts as a voter. */
const probationMs = 10_000;

/** How a node stands with the master. */
export interface Standing {
  /** Why it is not fit to be a voter; undefined: it is. */
  readonly unfit: string | undefined;
  /** For how long it has been fit without a break; 0 where it is not. */
  readonly fitForMs: number;
}

export interface VoterFacts {
  /** The master's own name. */
  readonly self: string;
  /** Who counts now. */
  readonly voters: readonly string[];
  readonly wanted: readonly string[];
  standing(name: string): Standing;
}

/** The next step on the way from the voters there are to those that are wanted. */
export type VoterStep =
  | { readonly kind: "settled" }
  /** `learner`: who is on probation. */
  | { readonly kind: "wait"; readonly why: string; readonly learner: string | undefined }
  | { readonly kind: "propose"; readonly voters: readonly string[] }
  | { readonly kind: "hand-over"; readonly to: string };

/**
 * One voter at a time: those that are missing are added before any is removed, as long as there is room, so that there
 * are never fewer than there were and are to be. A master that is not wanted hands over first, and its successor removes it.
 */
export function planVoters(facts: VoterFacts): VoterStep {
  const { voters, wanted } = facts;
  const missing = wanted.filter((name) => !voters.includes(name));
  const surplus = voters.filter((name) => !wanted.includes(name));
  if (missing.length > 0 && voters.length < maxVoters) return addOne(facts, missing);
  if (surplus.length > 0) return removeOne(facts, surplus);
  return { kind: "settled" };
}

function addOne(facts: VoterFacts, missing: readonly string[]): VoterStep {
  const fitFor = (name: string): number => facts.standing(name).fitForMs;
  const [first = ""] = [...missing].sort((a, b) => fitFor(b) - fitFor(a));
  if (fitFor(first) >= probationMs) return { kind: "propose", voters: [...facts.voters, first] };
  const why = missing.map((name) => `${name} ${waitsFor(facts.standing(name))}`).join(", ");
  const learner = facts.standing(first).unfit === undefined ? first : undefined;
  return { kind: "wait", why, learner };
}

function removeOne(facts: VoterFacts, surplus: readonly string[]): VoterStep {
  const others = surplus.filter((name) => name !== facts.self);
  // One that is dead first: without it the others are a safer majority.
  const first = others.find((name) => facts.standing(name).unfit !== undefined) ?? others[0];
  if (first !== undefined)
    return { kind: "propose", voters: facts.voters.filter((name) => name !== first) };
  const heirs = facts.voters.filter((name) => facts.wanted.includes(name));
  const heir = heirs.find((name) => facts.standing(name).unfit === undefined);
  if (heir !== undefined) return { kind: "hand-over", to: heir };
  const why = heirs.map((name) => `${name} ${facts.standing(name).unfit ?? ""}`).join(", ");
  return {
    kind: "wait",
    why: `the master ${facts.self} is not wanted and has nobody to hand over to: ${why}`,
    learner: undefined,
  };
}

function waitsFor({ unfit, fitForMs }: Standing): string {
  if (unfit !== undefined) return unfit;
  return `has been fit for ${Math.floor(fitForMs / 1000)} of ${probationMs / 1000} s`;
}
