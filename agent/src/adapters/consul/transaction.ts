/** One KV operation of Consul's /v1/txn; `value` as text. */
export interface Operation {
  readonly verb: "check-index" | "cas" | "set" | "delete" | "get-tree";
  readonly key: string;
  readonly index?: number;
  readonly value?: string;
}

/** Consul's own limits (api docs of /v1/txn and `limits.txn_max_req_len`). */
const maxOperations = 64;
const maxRequestBytes = 512 * 1024;
const maxValueBytes = 512 * 1024;
/** JSON around a value, generously. */
const operationOverheadBytes = 96;

/** Throws Error, naming the largest, where Consul would never take these in one transaction. */
export function checkSize(operations: readonly Operation[]): void {
  if (operations.length > maxOperations)
    throw new Error(
      `${operations.length - 1} changes in one write: at most ${maxOperations - 1}, write them in several`,
    );
  let total = 0;
  let largest = { key: "", bytes: 0 };
  for (const { key, value } of operations) {
    const bytes = Buffer.byteLength(value ?? "");
    if (bytes > largest.bytes) largest = { key, bytes };
    total += Math.ceil(bytes / 3) * 4 + Buffer.byteLength(key) + operationOverheadBytes;
  }
  if (largest.bytes > maxValueBytes)
    throw new Error(
      `${largest.key} would hold ${largest.bytes} bytes: Consul takes at most ${maxValueBytes}, make it smaller`,
    );
  if (total > maxRequestBytes)
    throw new Error(
      `a write of ${total} bytes (the largest part is ${largest.key} with ${largest.bytes}, a third more as sent): ` +
        `Consul takes at most ${maxRequestBytes} at once, write less at a time`,
    );
}

/** The KV pairs of a transaction's results, in the form of a KV listing. */
export function parseTransaction(body: unknown): readonly unknown[] {
  const results =
    typeof body === "object" && body !== null && "Results" in body ? body.Results : [];
  if (!Array.isArray(results)) return [];
  return results.flatMap((result: unknown) =>
    // The cas operation reports its key too, without the value: the tree that follows has it whole.
    typeof result === "object" && result !== null && "KV" in result ? [result.KV] : [],
  );
}
