import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProgramHashes } from "./program-hash";

let directory: string;
let program: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "covey-hash-"));
  program = join(directory, "program");
  writeFileSync(program, "one");
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const cache = (): string => join(directory, "cache");

test("a program is hashed once, and remembered by another process", async () => {
  expect(await new ProgramHashes(cache()).of(program)).toBe(sha256("one"));
  // The same size and time: only who remembers does not look.
  const time = new Date("2026-01-01T00:00:00Z");
  utimesSync(program, time, time);
  expect(await new ProgramHashes(cache()).of(program)).toBe(sha256("one"));
  writeFileSync(program, "two");
  utimesSync(program, time, time);
  expect(await new ProgramHashes(cache()).of(program)).toBe(sha256("one"));
});

test("one that has changed is hashed again", async () => {
  await new ProgramHashes(cache()).of(program);
  writeFileSync(program, "other");
  expect(await new ProgramHashes(cache()).of(program)).toBe(sha256("other"));
});

test("a cache that is broken or cannot be written is done without", async () => {
  await new ProgramHashes(cache()).of(program);
  for (const name of readdirSync(cache())) writeFileSync(join(cache(), name), "{");
  expect(await new ProgramHashes(cache()).of(program)).toBe(sha256("one"));
  writeFileSync(join(directory, "file"), "");
  expect(await new ProgramHashes(join(directory, "file/below")).of(program)).toBe(sha256("one"));
});

test("one that is not there is told", async () => {
  await expect(new ProgramHashes(cache()).of(join(directory, "none"))).rejects.toThrow(/ENOENT/);
});
