import fc from "fast-check";
import type { MemberUpdate } from "../model/mesh-message";
import { MemberTable } from "./member-table";
import { bucketOf, StateDigest } from "./state-digest";

const self = { name: "self", incarnation: 1 };
const names = ["a", "b", "c", "d", "e"];

function claim(status: MemberUpdate["status"], name: string, incarnation: number): MemberUpdate {
  const mesh = { address: "10.0.0.1", port: 7442 };
  const record = { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" };
  return { status, incarnation, record, from: name };
}

const anyClaim = fc
  .tuple(
    fc.constantFrom("alive", "suspect", "dead", "left"),
    fc.constantFrom(...names),
    fc.integer({ min: 1, max: 2 ** 48 }),
  )
  .map(([status, name, incarnation]) => claim(status, name, incarnation));

describe("state digest", () => {
  it("is, after any history, that of who is present now", () => {
    fc.assert(
      fc.property(fc.array(anyClaim, { maxLength: 30 }), (claims) => {
        const table = new MemberTable(4);
        claims.forEach((one, at) => table.merge(one, at));
        table.reap(claims.length / 2);
        const fresh = new StateDigest();
        for (const { status, record, incarnation } of table.all())
          if (status === "alive" || status === "suspect")
            fresh.add({ name: record.name, incarnation });
        expect(table.digest.with(self)).toEqual(fresh.with(self));
      }),
    );
  });

  it("differs in the bucket of each member that is missing, or known in another life, and nowhere else", () => {
    const digest = new StateDigest();
    for (const name of names) digest.add({ name, incarnation: 1_700_000_000_000 });
    const before = digest.with(self);
    digest.remove({ name: "c", incarnation: 1_700_000_000_000 });
    const without = digest.with(self);
    digest.add({ name: "c", incarnation: 1_700_000_000_000 + 2 ** 32 });
    for (const after of [without, digest.with(self)]) {
      const differing = before.flatMap((sum, bucket) => (sum === after[bucket] ? [] : [bucket]));
      expect(differing).toEqual([bucketOf("c")]);
    }
  });

  it("spreads names over its buckets", () => {
    const counts = new Map<number, number>();
    for (let index = 0; index < 3200; index++) {
      const bucket = bucketOf(`node-${index}`);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    expect(Math.max(...counts.values())).toBeLessThan(150);
  });
});
