import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDisk } from "./disk";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "covey-disk-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("disk", () => {
  test("gives back what was written, also to a later opening of the folder", () => {
    openDisk(join(root, "a/b")).write("vote", { term: 7, votedFor: "n1" });
    expect(openDisk(join(root, "a/b")).read("vote")).toEqual({ term: 7, votedFor: "n1" });
  });

  test("knows nothing of what was never written", () => {
    expect(openDisk(root).read("vote")).toBeUndefined();
  });

  test("replaces a value whole and leaves no other file behind", () => {
    const disk = openDisk(root);
    disk.write("vote", { term: 1, padding: "x".repeat(10_000) });
    disk.write("vote", { term: 2 });
    expect(disk.read("vote")).toEqual({ term: 2 });
    expect(readdirSync(root)).toEqual(["vote.json"]);
  });

  test("is its owner's only: folder 0700, file 0600", () => {
    const dir = join(root, "state");
    openDisk(dir).write("vote", {});
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, "vote.json")).mode & 0o777).toBe(0o600);
  });

  test("a half-written file of a crash is passed over, the old value stands", () => {
    const disk = openDisk(root);
    disk.write("vote", { term: 3 });
    writeFileSync(join(root, "vote.json.new"), '{"ter');
    expect(disk.read("vote")).toEqual({ term: 3 });
    disk.write("vote", { term: 4 });
    expect(disk.read("vote")).toEqual({ term: 4 });
  });

  test("a damaged file is an error naming it and the way out, without its content", () => {
    writeFileSync(join(root, "vote.json"), '{"term": 3, "sec');
    expect(() => openDisk(root).read("vote")).toThrow(
      /vote\.json is damaged \(no JSON, 16 characters\).*remove the file/,
    );
  });

  test("a value that the disk has changed is an error; one of a version without checksums is read", () => {
    const file = join(root, "vote.json");
    openDisk(root).write("vote", { term: 3 });
    writeFileSync(file, readFileSync(file, "utf8").replace("3", "2"));
    expect(() => openDisk(root).read("vote")).toThrow(/vote\.json is damaged \(its checksum/);
    writeFileSync(file, '{"term":2}');
    expect(openDisk(root).read("vote")).toEqual({ term: 2 });
  });

  test("knows one boot of the machine from another", () => {
    expect(openDisk(root).boot).toMatch(/^[0-9a-f-]{36}$/);
    expect(openDisk(root).boot).toBe(openDisk(root).boot);
  });

  test.each(["../vote", "", "Vote", "a/b", "vote.json"])("refuses the name '%s'", (name) => {
    expect(() => openDisk(root).write(name, 1)).toThrow(/is no name of a kept value/);
  });

  test("a folder that cannot be is an error naming it", () => {
    writeFileSync(join(root, "file"), "");
    expect(() => openDisk(join(root, "file/state"))).toThrow(/cannot use folder .*file\/state/);
  });
});
