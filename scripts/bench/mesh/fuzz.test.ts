import { Fuzz } from "./fuzz";

// `npm run bench -- mesh-fuzz` sends ten million.
test("no packet breaks the decoder or the seal, however damaged", () => {
  const fuzz = new Fuzz("unit");
  fuzz.run(50_000);
  expect(fuzz.outcome).toMatchObject({ inputs: 50_000, broken: 0 });
  expect(fuzz.outcome.taken).toBeGreaterThan(1000);
});
