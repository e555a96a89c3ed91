/** docs/mesos-compatibility.md: complete, and each claim held by a test that is there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "../../../..");
const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const page = read("docs/mesos-compatibility.md");
const messages = read("agent/src/api/mesos/messages.ts");

function namesIn(text: string, from: string, pattern: RegExp): string[] {
  const declared = text.slice(text.indexOf(from)).split(/\n\}?;?\n/, 1)[0] ?? "";
  return [...declared.matchAll(pattern)].map(([, name = ""]) => name);
}

const sections: readonly (readonly [string, readonly string[]])[] = [
  ["Calls", namesIn(messages, "export type MesosCallType", /"([A-Z_]+)"/g)],
  ["Events", namesIn(messages, "export type MesosEvent", /readonly type: "([A-Z_]+)"/g)],
  [
    "Task states",
    namesIn(read("agent/src/model/task.ts"), "export type TaskState", /"(TASK_[A-Z_]+)"/g),
  ],
];

function rowsOf(section: string): string[] {
  const text = page.split(`\n## ${section}\n`)[1]?.split("\n## ", 1)[0] ?? "";
  return [...text.matchAll(/^\| ([A-Z_]+) +\|/gm)].map(([, name = ""]) => name);
}

it.each(sections)("'%s' has a row for each there is", (section, names) => {
  expect(names.length).toBeGreaterThan(7);
  expect(rowsOf(section)).toEqual(expect.arrayContaining([...names]));
});

const folders = ["agent/src/api/mesos", "agent/src/api/http", "test/e2e"];
const named = [...page.matchAll(/`([a-z-]+):\s([^`]+)`/g)].map(([, file = "", title = ""]) => ({
  file,
  title: title.replace(/\s+/g, " "),
}));

it("names tests that are there", () => {
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ file, title }) => {
    const path = folders
      .map((folder) => join(folder, `${file}.test.ts`))
      .find((one) => existsSync(join(repository, one)));
    return path === undefined || !read(path).includes(`"${title}"`);
  });
  expect(missing).toEqual([]);
});

it("names one in each row of calls, events and status codes", () => {
  const rows = page
    .split("\n")
    .filter((line) => /^\| ([A-Z_]{4,}|\d{3}) /.test(line) && !line.startsWith("| TASK_"));
  expect(rows.length).toBeGreaterThan(35);
  expect(rows.filter((row) => !/\| `[a-z-]+: [^`]+` +\|$/.test(row))).toEqual([]);
});
