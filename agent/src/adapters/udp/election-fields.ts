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
  const [first, second, third] = fields;
  const kind = readChoice(first, kinds);
  const term = readCount(second);
  const claim = fields[fieldCounts[kind]];
  const bare = kind === "vote" && fields.length === 2;
  const expected = fieldCounts[kind] + (claim === undefined ? 0 : 1);
  if (!bare && fields.length !== expected) throw new Malformed("wrong number of fields");
  switch (kind) {
    case "pre-vote":
      return { kind, term, ...electorateIn(claim, term, readId) };
    case "vote": {
      const handedOver = third === null || bare ? {} : { handedOverAt: readCount(third) };
      return { kind, term, ...handedOver, ...electorateIn(claim, term, readId) };
    }
    case "pre-vote-reply":
    case "vote-reply":
      if (claim !== undefined) throw new Malformed("wrong number of fields");
      return { kind, term, granted: readFlag(third) };
    case "heartbeat":
      return { kind, term, round: readCount(third), ...electorateIn(claim, term, readClaim) };
    case "heartbeat-reply":
      return { kind, term, round: readCount(third), ...electorateIn(claim, term, readId) };
    case "stand-now":
      if (claim !== undefined) throw new Malformed("wrong number of fields");
      return { kind, term, round: readCount(third) };
  }
}

function claimed(claim: ElectorateClaim | undefined): unknown[] {
  if (!claim) return [];
  const { term, version, voters } = claim;
  return [voters ? [term, version, voters] : [term, version]];
}

function electorateIn<T extends ElectorateId>(
  value: unknown,
  messageTerm: number,
  read: (value: unknown) => T,
): { readonly electorate?: T } {
  if (value === undefined) return {};
  const electorate = read(value);
  // Who knows of an electorate knows of its term.
  if (electorate.term > messageTerm) throw new Malformed("an electorate of a term to come");
  return { electorate };
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
