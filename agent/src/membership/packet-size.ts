import type { MemberUpdate, MembershipMessage, MeshPath } from "../model/mesh-message";
import { digestBuckets } from "../model/mesh-message";

/**
 * Bytes of updates one packet may carry. A datagram is at most 1400 bytes; the rest is for the transport's
 * envelope, the sender's name, one message, and the master record.
 */
export const updateBudgetBytes = 1000;

/** What one `state` over a stream may carry; a frame is at most 1 MiB. 5000 members of usual names fit. */
const streamBudgetBytes = 900_000;

/** No less than what any sensible encoding takes: text as UTF-8 with a header, 9 bytes a number. */
export function updateBytes(update: MemberUpdate): number {
  const { record } = update;
  const text = [record.name, record.mesh.address, record.version, update.from, update.status];
  return text.reduce((sum, one) => sum + utf8Bytes(one) + 3, 0) + 4 * 9 + 8;
}

const digestBytes = 3 + 5 * digestBuckets;

export function messageUpdateBytes(message: MembershipMessage | undefined): number {
  if (message?.kind === "join") return updateBytes(message.update) + digestBytes;
  if (message?.kind === "state")
    return message.updates.reduce(
      (sum, update) => sum + updateBytes(update),
      message.digest ? digestBytes : 0,
    );
  return 0;
}

/** The updates in as few groups as what one packet over this path may carry; at least one group, perhaps empty. */
export function splitByBudget(
  updates: readonly MemberUpdate[],
  over: MeshPath = "datagram",
): MemberUpdate[][] {
  const budgetBytes = over === "stream" ? streamBudgetBytes : updateBudgetBytes;
  let group: MemberUpdate[] = [];
  const groups = [group];
  let used = 0;
  for (const update of updates) {
    const bytes = updateBytes(update);
    if (used + bytes > budgetBytes && group.length > 0) {
      group = [];
      groups.push(group);
      used = 0;
    }
    group.push(update);
    used += bytes;
  }
  return groups;
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
