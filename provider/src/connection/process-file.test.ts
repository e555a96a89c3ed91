import { parseStat } from "./process-file";

test("a process' name may hold spaces and brackets", () => {
  const stat =
    "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 11 0 987654 0 0 18446744073709551615";
  expect(parseStat(stat)).toEqual({ state: "S", threads: 11, startTicks: 987654 });
});

test("what is no stat line is told apart", () => {
  expect(parseStat("")).toBeUndefined();
  expect(parseStat("4711 (sh")).toBeUndefined();
});
