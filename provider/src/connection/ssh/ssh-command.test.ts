import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { commandLine, whySudoRefused } from "./ssh-command";

test("whatever the parameters, the script gets them as they are", () => {
  const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0"));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (args) => {
      const line = commandLine('printf \'%s\\n\' "$#" "$@"', args, false);
      const { stdout } = spawnSync("/bin/sh", ["-c", line], { encoding: "utf8" });
      expect(stdout).toBe([String(args.length), ...args, ""].join("\n"));
    }),
    { numRuns: 25 },
  );
});

test("sudo never asks", () => {
  expect(commandLine("true", [], true)).toBe("sudo -n -- sh -c true sh");
});

test.each<[number, string, RegExp]>([
  [1, "sudo: a password is required\n", /user bob must be allowed .*bob ALL=\(ALL\) NOPASSWD: ALL/],
  [1, "Sorry, user bob is not allowed to execute '/bin/sh' as root\n", /must be allowed/],
  [127, "bash: line 1: sudo: command not found\n", /there is no sudo/],
])("what sudo refuses is explained: %d %s", (code, stderr, message) => {
  expect(whySudoRefused(code, stderr, "bob")).toMatch(message);
});

test.each<[number, string]>([
  [0, ""],
  [1, "cat: /x: Permission denied\n"],
  [66, "sudo: something\n"],
])("what a script itself ends with is not sudo's: %d %s", (code, stderr) => {
  expect(whySudoRefused(code, stderr, "bob")).toBeUndefined();
});
