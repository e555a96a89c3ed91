import { crontabLine } from "./boot-texts";
import { withEntry, withoutEntry } from "./crontab";

const name = { cluster: "prod", node: "n1" };
const other = { cluster: "prod", node: "n11" };
const line = crontabLine("/var/lib/covey/prod/n1/boot.sh");
const own = "MAILTO=me\n# nightly\n0 3 * * * backup --at 50\\%\n";

test("a crontab gets the node's line once, between markers, behind all that is the user's", () => {
  const once = withEntry(own, name, line);

  expect(once).toBe(
    `${own}# BEGIN Covey node prod/n1
@reboot /bin/sh '/var/lib/covey/prod/n1/boot.sh' start
# END Covey node prod/n1
`,
  );
  expect(withEntry(once, name, line)).toBe(once);
  expect(withoutEntry(once, name)).toBe(own);
});

test("a line that is to be another one is put in its place", () => {
  const before = withEntry(own, name, crontabLine("/old/boot.sh"));
  expect(withEntry(before, name, line)).toBe(withEntry(own, name, line));
});

test("nodes of one machine do not touch each other's lines", () => {
  const both = withEntry(withEntry("", name, line), other, crontabLine("/n11/boot.sh"));
  expect(withoutEntry(both, name)).toBe(withEntry("", other, crontabLine("/n11/boot.sh")));
  expect(withoutEntry(withoutEntry(both, other), name)).toBe("");
});

test("a crontab whose last line does not end gets an end to it first", () => {
  expect(withEntry("0 3 * * * backup", name, line)).toMatch(/backup\n# BEGIN Covey/);
});

test("where somebody removed the end marker nothing of the user's goes", () => {
  const cut = `# BEGIN Covey node prod/n1\n${line}\n${own}`;
  expect(withoutEntry(cut, name)).toBe(own);
  expect(withoutEntry(`# BEGIN Covey node prod/n1\n${own}`, name)).toBe(own);
});
