import { encodePacket } from "../../../agent/src/adapters/udp/packet-codec";
import { maxListLength } from "../../../agent/src/adapters/udp/fields";
import type { MemberUpdate, MeshPacket, MeshPath } from "../../../agent/src/model/mesh-message";

/** Envelope (29) and stamp (22) of a datagram, and its UDP and IPv4 headers (28). */
const datagramBytes = 29 + 22 + 28;
/**
 * Of a stream: envelope, stamp, length, and some seven segments of TCP (three to begin, one of data and its
 * acknowledgement, two to end) with headers of 52 bytes.
 */
const streamBytes = 29 + 22 + 4 + 7 * 52;
const bareBytes = encodePacket({ from: "a" }).length;
/** Each so many-th packet is encoded whole, and the sum of its parts held against that. */
const checkEvery = 5000;

/**
 * Counts packets and their bytes as they would be on the wire. Most of a packet's bytes are updates, and the same
 * update goes out many times: its size is kept, which is all that makes counting cheaper than encoding.
 */
export class Meter {
  /** Counting costs as much as a tenth of the mesh itself. */
  counts = true;
  messages = 0;
  bytes = 0;
  private readonly sizes = new WeakMap<MemberUpdate, number>();

  count(packet: MeshPacket, over: MeshPath): void {
    if (!this.counts) return;
    const content = this.contentBytes(packet);
    if (this.messages % checkEvery === 0) {
      const real = encodePacket(packet).length;
      if (real !== content) throw new Error(`a packet of ${real} bytes was counted as ${content}`);
    }
    this.messages += 1;
    this.bytes += content + (over === "stream" ? streamBytes : datagramBytes);
  }

  private contentBytes(packet: MeshPacket): number {
    const message = packet.membership;
    const bulky = message?.kind === "state" ? message.updates : [];
    const bare: MeshPacket = {
      ...packet,
      gossip: undefined,
      ...(message?.kind === "state" && { membership: { ...message, updates: [] } }),
    };
    return (
      encodePacket(bare).length + this.listBytes(packet.gossip ?? []) + this.chunksBytes(bulky)
    );
  }

  /** A list of lists, on top of an empty one. */
  private chunksBytes(updates: readonly MemberUpdate[]): number {
    const count = Math.ceil(updates.length / maxListLength);
    let bytes = count < 16 ? 0 : 2;
    for (let at = 0; at < updates.length; at += maxListLength)
      bytes += 1 + this.listBytes(updates.slice(at, at + maxListLength));
    return bytes;
  }

  /** What they add to a list of none. */
  private listBytes(updates: readonly MemberUpdate[]): number {
    // msgpack writes the length of a list below 16 in its head, above in two bytes more.
    let bytes = updates.length < 16 ? 0 : 2;
    for (const update of updates) bytes += this.updateBytes(update);
    return bytes;
  }

  private updateBytes(update: MemberUpdate): number {
    const known = this.sizes.get(update);
    if (known !== undefined) return known;
    const size = encodePacket({ from: "a", gossip: [update] }).length - bareBytes;
    this.sizes.set(update, size);
    return size;
  }
}
