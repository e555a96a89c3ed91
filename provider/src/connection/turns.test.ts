import { Turns } from "./turns";

test("acts on one thing follow each other, also after a failure; others go on beside them", async () => {
  const turns = new Turns();
  const seen: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = turns.take("a", async () => {
    await held;
    seen.push("first");
    throw new Error("no");
  });
  const second = turns.take("a", () => Promise.resolve(seen.push("second")));
  await turns.take("b", () => Promise.resolve(seen.push("beside")));
  release();
  await expect(first).rejects.toThrow("no");
  await second;
  expect(seen).toEqual(["beside", "first", "second"]);
});
