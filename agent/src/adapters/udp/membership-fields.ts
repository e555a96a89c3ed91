import type { MasterRecord, MemberRecord, MemberStatus } from "../../model/member";
import type { MembershipMessage, MemberUpdate } from "../../model/mesh-message";
import { digestBuckets } from "../../model/mesh-message";
import {
  Malformed,
  maxListLength,
  readAddress,
  readChoice,
  readCount,
  readFlag,
  readInteger,
  readList,
  readName,
  readPort,
  readText,
} from "./fields";

// Places in these lists are the wire format: append, never reorder.
const statuses: readonly MemberStatus[] = ["alive", "suspect", "dead", "left"];
const kinds: readonly MembershipMessage["kind"][] = [
  "ping",
  "ping-req",
  "ack",
  "nack",
  "join",
  "state",
];

/** After the kind: at least and at most so many. */
const fieldCounts: Readonly<Record<MembershipMessage["kind"], readonly [number, number]>> = {
  ping: [2, 2],
  "ping-req": [2, 2],
  ack: [1, 1],
  nack: [1, 1],
  join: [2, 2],
  state: [1, 2],
};

export function writeMembership(message: MembershipMessage): unknown[] {
  const kind = kinds.indexOf(message.kind);
  switch (message.kind) {
    case "ping":
    case "ping-req":
      return [kind, message.seq, message.target];
    case "ack":
    case "nack":
      return [kind, message.seq];
    case "join":
      return [kind, writeUpdate(message.update), message.digest];
    case "state":
      return message.digest
        ? [kind, chunksOf(message.updates), message.digest]
        : [kind, chunksOf(message.updates)];
  }
}

export function readMembership(value: unknown): MembershipMessage {
  const [first, ...rest] = readList(value, 2, 3);
  const kind = readChoice(first, kinds);
  const [least, most] = fieldCounts[kind];
  if (rest.length < least || rest.length > most) throw new Malformed("wrong number of fields");
  switch (kind) {
    case "ping":
    case "ping-req":
      return { kind, seq: readCount(rest[0]), target: readName(rest[1]) };
    case "ack":
    case "nack":
      return { kind, seq: readCount(rest[0]) };
    case "join":
      return { kind, update: readUpdate(rest[0]), digest: readDigest(rest[1]) };
    case "state":
      return {
        kind,
        updates: readList(rest[0], 0, maxListLength).flatMap(readChunk),
        ...(rest.length === 2 && { digest: readDigest(rest[1]) }),
      };
  }
}

/** See `maxListLength`. */
function chunksOf(updates: readonly MemberUpdate[]): unknown[][] {
  const count = Math.ceil(updates.length / maxListLength);
  return Array.from({ length: count }, (_, at) =>
    updates.slice(at * maxListLength, (at + 1) * maxListLength).map(writeUpdate),
  );
}

function readChunk(value: unknown): MemberUpdate[] {
  return readList(value, 1, maxListLength).map(readUpdate);
}

function readDigest(value: unknown): number[] {
  return readList(value, digestBuckets, digestBuckets).map((sum) =>
    readInteger(sum, 0, 2 ** 32 - 1),
  );
}

export function writeUpdate(update: MemberUpdate): unknown[] {
  const { record, from } = update;
  return [
    statuses.indexOf(update.status),
    update.incarnation,
    // Mostly the member speaks of itself.
    from === record.name ? null : from,
    ...writeRecord(record),
  ];
}

export function readUpdate(value: unknown): MemberUpdate {
  const [status, incarnation, from, ...rest] = readList(value, 10, 10);
  const record = readRecord(rest);
  return {
    status: readChoice(status, statuses),
    incarnation: readCount(incarnation),
    from: from === null ? record.name : readName(from),
    record,
  };
}

function writeRecord(record: MemberRecord): unknown[] {
  const { name, mesh, apiPort, grpcPort, voter, version } = record;
  return [name, mesh.address, mesh.port, apiPort, grpcPort, voter, version];
}

function readRecord(fields: readonly unknown[]): MemberRecord {
  const [name, address, port, apiPort, grpcPort, voter, version] = fields;
  return {
    name: readName(name),
    mesh: { address: readAddress(address), port: readPort(port) },
    apiPort: readPort(apiPort),
    grpcPort: readPort(grpcPort),
    voter: readFlag(voter),
    version: readText(version, 64),
  };
}

export function writeMaster(master: MasterRecord): unknown[] {
  const { term, name, address, apiPort, grpcPort } = master;
  return [term, name ?? null, address, apiPort, grpcPort];
}

/** Where a term has no master there need be no address either. */
export function readMaster(value: unknown): MasterRecord {
  const [term, name, address, apiPort, grpcPort] = readList(value, 5, 5);
  const nobody = name === null;
  return {
    term: readCount(term),
    name: nobody ? undefined : readName(name),
    address: nobody ? readText(address, 15) : readAddress(address),
    apiPort: readInteger(apiPort, nobody ? 0 : 1, 65535),
    grpcPort: readInteger(grpcPort, nobody ? 0 : 1, 65535),
  };
}
