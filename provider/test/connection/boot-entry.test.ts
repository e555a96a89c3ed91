/** What starts a node with its machine, against the real OpenRC and cron, in containers that are restarted as machines are. */
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { attempt, run } from "../../../scripts/command";
import { waitFor } from "../../../scripts/wait";
import { nodePaths } from "../../src/connection";
import { BootEntry } from "../../src/connection/boot/boot-entry";
import { ShellConnection } from "../../src/connection/shell-connection";
import { supervisorScript } from "../../src/connection/supervisor-script";
import { ProcessShell } from "../../src/connection/testing/process-shell";
import { ensureBootImage } from "./boot-image";

jest.setTimeout(180_000);

const name = { cluster: "boot", node: "n1" };
const paths = nodePaths("/home/user/it's 5% of n1");
const bootedWithinMs = 60_000;

/** A container that runs these programs of its own at each start; what is in /run is new each time, as on a machine. */
class BootMachine {
  constructor(
    private readonly container: string,
    private readonly programs: string,
    private readonly user = "root",
  ) {}

  get connection(): ShellConnection {
    const exec = ["docker", "exec", "-i", "-u", this.user, this.container, "sh"];
    return new ShellConnection(new ProcessShell(exec));
  }

  get entry(): BootEntry {
    return new BootEntry(this.connection, paths, name);
  }

  async start(image: string): Promise<void> {
    await this.remove();
    const machine = ["--init", "--tmpfs", "/run", "-e", "container=docker"];
    const command = ["sh", "-c", `${this.programs}\nexec sleep infinity`];
    const of = ["--name", this.container, "--label", "covey.test=boot"];
    await run("docker", ["run", "-d", ...of, ...machine, image, ...command]);
    await this.in("useradd -u 1000 -m user");
    await this.connection.makeDirectory(paths.directory, 0o700);
    await this.connection.writeFile(paths.supervisorScript, supervisorScript, 0o700);
    // A supervisor asks no more of its agent than that it runs.
    await this.connection.writeFile(
      `${paths.directory}/node`,
      "#!/bin/sh\nexec sleep 9999\n",
      0o755,
    );
    await this.connection.writeFile(paths.runtime, `${paths.directory}/node`, 0o600);
  }

  in(script: string): Promise<string> {
    return run("docker", ["exec", this.container, "sh", "-c", script]);
  }

  /** As a power cut: no script is told to end anything. */
  async powerCut(): Promise<void> {
    await run("docker", ["kill", this.container]);
    await run("docker", ["start", this.container]);
  }

  /** @returns `PID START` of the one that runs */
  supervised(): Promise<string> {
    return waitFor({ what: "the supervisor", deadlineMs: bootedWithinMs }, async () => {
      const status = await this.connection.run("/bin/sh", [paths.bootScript, "status"]);
      return status.code === 0 ? this.connection.readFile(paths.supervisorPid) : undefined;
    });
  }

  async remove(): Promise<void> {
    await attempt("docker", ["rm", "-f", "-v", this.container]);
  }
}

describeWith("docker", dockerProbe, "a machine without systemd", () => {
  const openrc = new BootMachine(
    "covey-boot-openrc",
    "for l in sysinit boot default; do openrc $l; done",
  );
  const cron = new BootMachine("covey-boot-cron", "cron");
  const user = new BootMachine("covey-boot-user", "cron", "user");
  const bare = new BootMachine("covey-boot-bare", ":");
  const all = [openrc, cron, user, bare];

  beforeAll(async () => {
    const image = await ensureBootImage();
    for (const machine of all) await machine.start(image);
  }, 600_000);

  afterAll(async () => {
    for (const machine of all) await machine.remove();
  });

  describe.each([
    ["OpenRC", "openrc", openrc, "ls /etc/init.d/covey-* /etc/runlevels/*/covey-*"],
    ["cron, as root", "cron.d", cron, "ls /etc/cron.d/covey-*"],
    ["cron, as a user", "crontab", user, "grep -h -A1 Covey /var/spool/cron/crontabs/*"],
  ] as const)("%s", (_, kind, machine, entries) => {
    test("starts the node at each boot, also beside process files of an earlier one", async () => {
      expect(await machine.entry.ensure()).toBe(kind);
      await machine.powerCut();
      const first = await machine.supervised();
      await machine.powerCut();
      await waitFor({ what: "another supervisor", deadlineMs: bootedWithinMs }, async () =>
        (await machine.supervised()) === first ? undefined : true,
      );
    });

    test("has one entry and one supervisor, however often it is asked for", async () => {
      const [before, process] = [await machine.in(entries), await machine.supervised()];
      expect(await machine.entry.ensure()).toBe(kind);
      await machine.connection.run("/bin/sh", [paths.bootScript, "start"]);
      expect(await machine.in(entries)).toBe(before);
      expect(await machine.supervised()).toBe(process);
    });

    test("leaves no entry when the node is removed, also a second time", async () => {
      expect((await machine.connection.run("/bin/sh", [paths.bootScript, "stop"])).code).toBe(0);
      await machine.entry.remove();
      expect(await machine.in(`${entries} 2> /dev/null; :`)).toBe("");
      await machine.entry.remove();
      await machine.powerCut();
      expect((await machine.connection.run("/bin/sh", [paths.bootScript, "status"])).code).toBe(3);
    });
  });

  test("keeps what else is in a user's crontab", async () => {
    const job = "0 3 * * * echo 50\\% # nightly";
    await user.in(`printf '%s\\n' '${job}' | crontab -u user -`);
    await user.entry.ensure();
    expect(await user.in("crontab -u user -l")).toContain("@reboot");
    await user.entry.remove();
    expect(await user.in("crontab -u user -l")).toBe(`${job}\n`);
  });

  test("refuses to write over a file that is not the node's", async () => {
    await cron.in("echo '# mine' > /etc/cron.d/covey-boot-n1");
    await expect(cron.entry.ensure()).rejects.toThrow(/covey-boot-n1 on .* is another's/);
    await cron.entry.remove();
    expect(await cron.in("cat /etc/cron.d/covey-boot-n1")).toBe("# mine\n");
  });

  test("says so where nobody can be asked: cron is installed, but does not run", async () => {
    expect(await bare.entry.ensure()).toBe("none");
    expect(await bare.in("ls /etc/init.d /etc/cron.d | grep covey || true")).toBe("");
  });
});
