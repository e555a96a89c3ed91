import { cronFile, crontabLine, isEntryOf, openrcScript, sysvScript } from "./boot-texts";

const name = { cluster: "a-b", node: "c" };
const sameFile = { cluster: "a", node: "b-c" };
const boot = "/var/lib/covey/a-b/c/boot.sh";

test.each([
  ["OpenRC's script", openrcScript(name, boot)],
  ["System V's script", sysvScript(name, boot)],
  ["cron's file", cronFile(name, boot)],
])("%s says whose it is: another node may bear the same file name", (_, text) => {
  expect(isEntryOf(name, text)).toBe(true);
  expect(isEntryOf(sameFile, text)).toBe(false);
});

test("a path may hold what shell and cron would read otherwise", () => {
  expect(crontabLine("/data/50% it's/boot.sh")).toBe(
    String.raw`@reboot /bin/sh '/data/50\% it'\''s/boot.sh' start`,
  );
  expect(sysvScript(name, "/it's/boot.sh")).toContain(String.raw`boot='/it'\''s/boot.sh'`);
});

test("a path that would end cron's line is refused at data_dir", () => {
  expect(() => cronFile(name, "/a\nb/boot.sh")).toThrow(/holds "\\n", which cron does not take/);
});
