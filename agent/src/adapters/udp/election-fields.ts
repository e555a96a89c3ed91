import { type ElectorateClaim, type ElectorateId, maxVoters } from "../../model/electorate";
import type { ElectionMessage } from "../../model/mesh-message";
import { Malformed, readChoice, readCount, readFlag, readList, readName } from "./fields";

// Places in this list are the wire format: append, never reorder.
const kinds: readonly ElectionMessage["kind"][] = [
  "pre-vote",
  "pre-vote-reply",
  "vote",
  "vote-reply",
  "heartbeat",
  "heartbeat-reply",
  "stand-now",
];

/** Fields before the electorate, which is left out where it is the declared one, as before electorates changed. */
const fieldCounts: Readonly<Record<ElectionMessage["kind"], number>> = {
  "pre-vote": 2,
  "pre-vote-reply": 3,
  vote: 3,
  "vote-reply": 3,
  heartbeat: 3,
  "heartbeat-reply": 3,
  "stand-now": 3,
};

export function writeElection(message: ElectionMessage): unknown[] {
  const head = [kinds.indexOf(message.kind), message.term];
  switch (message.kind) {
    case "pre-vote":
      return [...head, ...claimed(message.electorate)];
    case "vote": {
      const { handedOverAt, electorate } = message;
      if (handedOverAt === undefined && electorate === undefined) return head;
      return [...head, handedOverAt ?? null, ...claimed(electorate)];
    }
    case "pre-vote-reply":
    case "vote-reply":
      return [...head, message.granted];
    case "heartbeat":
    case "heartbeat-reply":
      return [...head, message.round, ...claimed(message.electorate)];
    case "stand-now":
      return [...head, message.round];
  }
}

export function readElection(value: unknown): ElectionMessage {
  const fields = readList(value, 2, 4);
  const kind = readChoice(fields[0], kinds);
  const term = readCount(fields[1]);
  const count = fieldCounts[kind];
  const claim = fields[count];
  const bareVote = kind === "vote" && fields.length === 2;
  if (!bareVote && fields.length !== (claim === undefined ? count : count + 1))
    throw new Malformed("wrong number of fields");
  return claim === undefined
    ? readPlain(kind, term, fields[2])
    : readClaiming(kind, term, [fields[2], claim]);
}

/** `third`: undefined where there are two fields. */
function readPlain(kind: ElectionMessage["kind"], term: number, third: unknown): ElectionMessage {
  switch (kind) {
    case "pre-vote":
      return { kind, term };
    case "vote":
      return { kind, term, ...handedOver(third) };
    case "pre-vote-reply":
    case "vote-reply":
      return { kind, term, granted: readFlag(third) };
    case "heartbeat":
    case "heartbeat-reply":
    case "stand-now":
      return { kind, term, round: readCount(third) };
  }
}

function readClaiming(
  kind: ElectionMessage["kind"],
  term: number,
  [third, claim]: readonly [unknown, unknown],
): ElectionMessage {
  switch (kind) {
    case "pre-vote":
      return { kind, term, electorate: within(term, readId(claim)) };
    case "vote":
      return { kind, term, ...handedOver(third), electorate: within(term, readId(claim)) };
    case "heartbeat":
      return { kind, term, round: readCount(third), electorate: within(term, readClaim(claim)) };
    case "heartbeat-reply":
      return { kind, term, round: readCount(third), electorate: within(term, readId(claim)) };
    default:
      throw new Malformed("wrong number of fields");
  }
}

function handedOver(value: unknown): { readonly handedOverAt?: number } {
  return value === undefined || value === null ? {} : { handedOverAt: readCount(value) };
}

function claimed(claim: ElectorateClaim | undefined): unknown[] {
  if (!claim) return [];
  const { term, version, voters } = claim;
  return [voters ? [term, version, voters] : [term, version]];
}

/** Who knows of an electorate knows of its term. */
function within<T extends ElectorateId>(messageTerm: number, electorate: T): T {
  if (electorate.term > messageTerm) throw new Malformed("an electorate of a term to come");
  return electorate;
}

function readId(value: unknown): ElectorateId {
  const [term, version] = readList(value, 2, 2);
  return { term: readCount(term), version: readCount(version) };
}

function readClaim(value: unknown): ElectorateClaim {
  const [term, version, names] = readList(value, 2, 3);
  const id = readId([term, version]);
  if (names === undefined) return id;
  const voters = readList(names, 1, maxVoters).map(readName);
  if (new Set(voters).size !== voters.length) throw new Malformed("a voter is named twice");
  return { ...id, voters };
}
