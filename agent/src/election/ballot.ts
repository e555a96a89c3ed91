import { type Electorate, readElectorate } from "../model/electorate";

/** What a voter must never forget: the highest term it has seen, whom it voted for in it, and who the voters are. */
export interface Ballot {
  readonly term: number;
  readonly votedFor: string | undefined;
  /** undefined: the one that the configuration declares. */
  readonly electorate?: Electorate | undefined;
}

const emptyBallot: Ballot = { term: 0, votedFor: undefined };

/**
 * The ballot as read from disk; `undefined`, no file, is that of a voter that has never voted.
 * @throws Error where it is anything but a ballot: to guess could mean to vote twice in one term.
 */
export function parseBallot(stored: unknown): Ballot {
  if (stored === undefined) return emptyBallot;
  if (typeof stored !== "object" || stored === null) throw damaged(stored);
  const { term, votedFor, electorate } = stored as Record<string, unknown>;
  if (!isTerm(term)) throw damaged(stored);
  const kept = electorateIn(electorate, term);
  if (kept === "damaged") throw damaged(stored);
  const vote = votedFor ?? undefined;
  if (vote !== undefined && (typeof vote !== "string" || vote === "")) throw damaged(stored);
  return { term, votedFor: vote, ...(kept && { electorate: kept }) };
}

function isTerm(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function electorateIn(stored: unknown, ballotTerm: number): Electorate | undefined | "damaged" {
  if (stored === undefined) return undefined;
  const electorate = readElectorate(stored);
  return electorate && electorate.term <= ballotTerm ? electorate : "damaged";
}

function damaged(stored: unknown): Error {
  const shown = (JSON.stringify(stored) as string | undefined) ?? String(stored);
  return new Error(
    `the stored ballot ${shown.slice(0, 200)} is damaged: it must be {"term": whole number >= 0, "votedFor"?: name, ` +
      `"electorate"?: {"term": at most the ballot's, "version", "voters": 1 to 7 names}}. ` +
      `Restore it from a backup; or, while no other voter is electing, remove it: then this voter has forgotten its votes`,
  );
}
