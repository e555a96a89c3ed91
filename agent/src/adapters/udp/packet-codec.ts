import { Decoder, Encoder } from "@msgpack/msgpack";
import type { MeshPacket } from "../../model/mesh-message";
import { readElection, writeElection } from "./election-fields";
import { Malformed, maxListLength, optional, readList, readName } from "./fields";
import { readMaster, readMembership, readUpdate } from "./membership-fields";
import { writeMaster, writeMembership, writeUpdate } from "./membership-fields";

// One for all: making one costs more than most packets.
const encoder = new Encoder();

const decoder = new Decoder({
  maxStrLength: 1024,
  maxBinLength: 0,
  maxArrayLength: maxListLength,
  maxMapLength: 0,
  maxExtLength: 0,
});

/** A packet as msgpack: arrays by position, no maps, so that a record takes little more than its text. */
export function encodePacket(packet: MeshPacket): Uint8Array {
  return encoder.encode([
    packet.from,
    packet.membership ? writeMembership(packet.membership) : null,
    packet.election ? writeElection(packet.election) : null,
    (packet.gossip ?? []).map(writeUpdate),
    packet.master ? writeMaster(packet.master) : null,
  ]);
}

/** undefined where the bytes are not exactly one packet with every field in its shape and range. Never throws. */
export function decodePacket(bytes: Uint8Array): MeshPacket | undefined {
  try {
    const [from, membership, election, gossip, master] = readList(decoder.decode(bytes), 5, 5);
    const updates = readList(gossip, 0, maxListLength).map(readUpdate);
    return {
      from: readName(from),
      ...optional("membership", membership, readMembership),
      ...optional("election", election, readElection),
      ...(updates.length > 0 && { gossip: updates }),
      ...optional("master", master, readMaster),
    };
  } catch (error) {
    // msgpack throws its own class, RangeError and TypeError on garbage; ours is Malformed.
    if (error instanceof Malformed || error instanceof Error) return undefined;
    throw error;
  }
}
