import type { ElectionMessage } from "../../model/mesh-message";
import { Malformed, readChoice, readCount, readFlag, readList } from "./fields";

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

export function writeElection(message: ElectionMessage): unknown[] {
  const head = [kinds.indexOf(message.kind), message.term];
  switch (message.kind) {
    case "pre-vote":
      return head;
    case "vote":
      return message.handedOverAt === undefined ? head : [...head, message.handedOverAt];
    case "pre-vote-reply":
    case "vote-reply":
      return [...head, message.granted];
    case "heartbeat":
    case "heartbeat-reply":
    case "stand-now":
      return [...head, message.round];
  }
}

export function readElection(value: unknown): ElectionMessage {
  const fields = readList(value, 2, 3);
  const kind = readChoice(fields[0], kinds);
  const term = readCount(fields[1]);
  if (kind === "vote" && fields.length === 3)
    return { kind, term, handedOverAt: readCount(fields[2]) };
  const bare = kind === "pre-vote" || kind === "vote";
  if (fields.length !== (bare ? 2 : 3)) throw new Malformed("wrong number of fields");
  if (bare) return { kind, term };
  if (kind === "pre-vote-reply" || kind === "vote-reply")
    return { kind, term, granted: readFlag(fields[2]) };
  return { kind, term, round: readCount(fields[2]) };
}
