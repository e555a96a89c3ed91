import type { Endpoint } from "../../model/endpoint";

/**
 * Replay. What was authentic once may be sent again by anybody who recorded it. Each run of a sender is a
 * session for each path (when it began, and a random number) that counts its packets; a receiver takes each count once, and
 * of one sender only the newest session. There is no window of wall time: clocks of nodes may differ, and a
 * cluster must not fall apart because one does. A sender whose clock went back before its restart is taken
 * again once its former session has been silent for `silenceMs`.
 *
 * The sender's own endpoint is in here, sealed, and is what answers go to: an address rewritten on the way, or
 * forged by one who replays, changes nothing. Not covered: packets recorded before this receiver began, of a
 * sender that is silent since; terms and incarnations make those harmless.
 */
export interface Stamp {
  readonly startedAtMs: number;
  readonly nonce: number;
  readonly count: number;
  readonly sender: Endpoint;
}

export const stampBytes = 6 + 4 + 6 + 4 + 2;

export function writeStamp(stamp: Stamp): Buffer {
  const bytes = Buffer.alloc(stampBytes);
  bytes.writeUIntBE(stamp.startedAtMs, 0, 6);
  bytes.writeUInt32BE(stamp.nonce, 6);
  bytes.writeUIntBE(stamp.count, 10, 6);
  for (const [index, part] of stamp.sender.address.split(".").entries())
    bytes.writeUInt8(Number(part), 16 + index);
  bytes.writeUInt16BE(stamp.sender.port, 20);
  return bytes;
}

export function readStamp(content: Buffer): Stamp | undefined {
  if (content.length < stampBytes) return undefined;
  return {
    startedAtMs: content.readUIntBE(0, 6),
    nonce: content.readUInt32BE(6),
    count: content.readUIntBE(10, 6),
    sender: {
      address: [...content.subarray(16, 20)].join("."),
      port: content.readUInt16BE(20),
    },
  };
}
