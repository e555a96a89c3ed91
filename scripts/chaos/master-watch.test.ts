import { MasterWatch, type Glimpse } from "./master-watch";

const acted = (node: string, term: number, fromMs: number, toMs = fromMs + 10): Glimpse => ({
  node,
  term,
  acting: true,
  fromMs,
  toMs,
});
const sawAll = (...glimpses: readonly Glimpse[]): readonly (string | undefined)[] => {
  const watch = new MasterWatch();
  return glimpses.map((one) => watch.saw(one));
};

describe("the watch over masters", () => {
  it("has nothing to say of one after the other", () => {
    expect(sawAll(acted("a", 1, 0), acted("b", 2, 20), acted("a", 3, 40))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("tells of two in one term", () => {
    expect(sawAll(acted("a", 1, 0), acted("b", 1, 900))[1]).toBe("a and b both acted in term 1");
  });

  it("tells of one that acts beside its successor", () => {
    expect(sawAll(acted("a", 1, 0), acted("b", 2, 20), acted("a", 1, 40))[2]).toBe(
      "a acted in term 1 after b had acted in term 2",
    );
  });

  it("takes nothing for proven where the questions overlap", () => {
    expect(sawAll(acted("b", 2, 20, 30), acted("a", 1, 25, 900))[1]).toBeUndefined();
  });

  it("takes no notice of who does not act", () => {
    expect(sawAll(acted("b", 2, 0), { ...acted("a", 1, 20), acting: false })[1]).toBeUndefined();
  });
});
