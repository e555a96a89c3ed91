import { type Ballot, parseBallot } from "../election/election";
import { type Electorate, declaredId, isNewer } from "../model/electorate";
import type { Disk } from "../ports/disk";

const file = "ballot";
/** Terms that are spoken for ahead. A boot with a forgotten vote skips so many; there are 2^48. */
const reservedTerms = 64;

interface Stored {
  readonly boot?: unknown;
  readonly reserved?: unknown;
}

/**
 * A voter's ballot on disk, for disks that lie too: ones that say "written" and lose it with the power. With the ballot
 * goes a reservation, made long before it is used: no vote is given above it. A voter that reads a ballot of an
 * earlier boot of its machine, or one older than what the node knows otherwise, cannot know its last votes, and gives
 * none up to the reservation. The end of a process alone loses nothing.
 */
export class BallotFile {
  /** As last written, as far as the disk can be believed. */
  readonly ballot: Ballot;
  /** In these terms, and before, a vote may have been given and lost; undefined: nothing is lost. */
  readonly abstainsThrough: number | undefined;
  private reserved: number;

  /**
   * `known`: the highest term, and the newest electorate, that the node knows of by other files.
   * @throws Error where the file cannot be read, or is no ballot: then the agent does not start, and so does not vote.
   */
  constructor(
    private readonly disk: Disk,
    known: { readonly term: number; readonly electorate?: Electorate | undefined },
  ) {
    const stored = disk.read(file);
    const found = parseBallot(stored);
    this.ballot = withNewest(found, known.electorate);
    this.reserved = reservedIn(stored, Math.max(known.term, this.ballot.term));
    const forgetful = isOf(stored, disk.boot) === false || found.term < known.term;
    this.abstainsThrough = forgetful ? this.reserved : undefined;
  }

  /** Once, at the start, well before the first vote. Throws where the disk does. */
  reserve(): void {
    this.write(this.ballot);
  }

  /** Durable when it returns. Throws where it cannot be. */
  write(ballot: Ballot): void {
    const lowest = Math.max(ballot.term, this.abstainsThrough ?? 0) + reservedTerms / 2;
    const reserved = this.reserved < lowest ? lowest + reservedTerms / 2 : this.reserved;
    this.disk.write(file, { ...ballot, reserved, boot: this.disk.boot });
    this.reserved = reserved;
  }
}

/** An older ballot may count voters that have been replaced: it must not help them to elect anybody. */
function withNewest(ballot: Ballot, known: Electorate | undefined): Ballot {
  if (!known || !isNewer(known, ballot.electorate ?? declaredId)) return ballot;
  if (known.term <= ballot.term) return { ...ballot, electorate: known };
  return { term: known.term, votedFor: undefined, electorate: known };
}

/** undefined: there is no ballot, as of a voter that has never voted. */
function isOf(stored: unknown, boot: string): boolean | undefined {
  return stored === undefined ? undefined : (stored as Stored).boot === boot;
}

/** Of a file without a reservation, as an earlier version wrote it, as much as one would have been. */
function reservedIn(stored: unknown, term: number): number {
  const reserved = stored === undefined ? undefined : (stored as Stored).reserved;
  if (typeof reserved === "number" && Number.isSafeInteger(reserved)) return reserved;
  return term === 0 ? 0 : term + reservedTerms;
}
