/** A cluster of five hosts in chaos: the program itself, for a few minutes, and nothing of it is left. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWith, dockerProbe } from "../../agent/test/fakes/needs";
import { attempt } from "../../scripts/command";
import { Lab } from "../../scripts/lab/lab";
import { missingForLab } from "../../scripts/lab/lab-programs";
import { repository } from "../../scripts/paths";
import { projectEnvironment } from "../../scripts/project-environment";

const probe = (): string | undefined => missingForLab() ?? dockerProbe();
const isCi = (process.env["CI"] ?? "") !== "";
const minutes = Number(process.env["COVEY_CHAOS_MINUTES"] ?? (isCi ? "5" : "1"));
/** Always the same, so that CI does not fail by chance. */
const seed = 1;
/** To deploy the cluster, for the last round to end, and for it to be in order afterwards. */
const besidesMs = 720_000;
const withinMs = minutes * 60_000 + besidesMs;

const labInterfaces = (): readonly string[] =>
  readdirSync("/sys/class/net").filter((name) => name.startsWith("covey-lab"));

describeWith("root, dockerd, sshd and a registry", probe, "a cluster in chaos", () => {
  const base = mkdtempSync(join(tmpdir(), "covey-chaos-"));
  const lab = new Lab(join(base, "chaos/lab"));
  afterAll(async () => {
    await lab.down();
    rmSync(base, { recursive: true, force: true });
  }, 60_000);

  it(
    "breaks none of its rules, and leaves nothing",
    async () => {
      const interfaces = labInterfaces();
      const args = ["--minutes", String(minutes), "--seed", String(seed)];
      const program = [join(repository, "scripts/chaos/main.ts"), ...args];
      const ended = await attempt("tsx", [...program, "--folder", join(base, "chaos")], {
        cwd: repository,
        env: projectEnvironment(),
        deadlineMs: withinMs,
        onOutput: (text) => process.stdout.write(text),
      });
      expect(ended.code === 0 ? "in order" : ended.stdout + ended.stderr).toBe("in order");
      expect(ended.stdout).toMatch(/[1-9]\d* faults in .*: \d+ an hour/);
      expect(ended.stdout).toMatch(/[1-9]\d* writes acknowledged/);
      expect(lab.remains()).toEqual([]);
      expect(labInterfaces().filter((name) => !interfaces.includes(name))).toEqual([]);
    },
    withinMs + 60_000,
  );
});
