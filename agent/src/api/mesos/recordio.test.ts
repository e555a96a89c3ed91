import { frame } from "./recordio";

it.each([
  ["", "0\n"],
  ["{}", "2\n{}"],
  ["é\n", "3\né\n"],
])("frames %j by its length in bytes", (record, framed) => {
  expect(frame(Buffer.from(record)).toString("utf8")).toBe(framed);
});
