/** What a voter must never forget: the highest term it has seen, and whom it voted for in it. */
export interface Ballot {
  readonly term: number;
  readonly votedFor: string | undefined;
}

const emptyBallot: Ballot = { term: 0, votedFor: undefined };

/**
 * The ballot as read from disk; `undefined`, no file, is that of a voter that has never voted.
 * @throws Error where it is anything but a ballot: to guess could mean to vote twice in one term.
 */
export function parseBallot(stored: unknown): Ballot {
  if (stored === undefined) return emptyBallot;
  if (typeof stored !== "object" || stored === null) throw damaged(stored);
  const { term, votedFor } = stored as { term?: unknown; votedFor?: unknown };
  if (typeof term !== "number" || !Number.isSafeInteger(term) || term < 0) throw damaged(stored);
  if (votedFor === undefined || votedFor === null) return { term, votedFor: undefined };
  if (typeof votedFor !== "string" || votedFor === "") throw damaged(stored);
  return { term, votedFor };
}

function damaged(stored: unknown): Error {
  const shown = (JSON.stringify(stored) as string | undefined) ?? String(stored);
  return new Error(
    `the stored ballot ${shown.slice(0, 200)} is damaged: it must be {"term": whole number >= 0, "votedFor"?: name}. ` +
      `Restore it from a backup; or, while no other voter is electing, remove it: then this voter has forgotten its votes`,
  );
}
