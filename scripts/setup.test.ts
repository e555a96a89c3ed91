import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt } from "./command";
import type { CommandResult } from "./command";

/** A machine of its own: a copy of the script, and a PATH with the tools that are named, and nothing else, on it. */
class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "covey-setup-"));

  constructor(tools: Readonly<Record<string, string>>) {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    mkdirSync(join(this.folder, "scripts"));
    for (const tool of ["sh", "dirname", "sed", "head", "timeout", "cat"])
      symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
    symlinkSync(process.execPath, join(bin, "node"));
    const all = {
      uname: "echo Linux",
      npm: "exit 0",
      id: "echo 1000",
      terraform: "echo Terraform v1.11.4",
      ...tools,
    };
    for (const [name, body] of Object.entries(all)) {
      writeFileSync(join(bin, name), `#!/usr/bin/sh\n${body}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const script = join(this.folder, "scripts/setup");
    // The script adds the system's own folders to PATH; this machine has none.
    writeFileSync(
      script,
      readFileSync(join(__dirname, "setup"), "utf8").replace(/^PATH=.*\n/m, `PATH=${bin}\n`),
    );
  }

  setup(): Promise<CommandResult> {
    return attempt("/usr/bin/sh", [join(this.folder, "scripts/setup")], {
      env: { HOME: this.folder },
    });
  }

  get changed(): boolean {
    return existsSync(join(this.folder, ".covey")) || existsSync(join(this.folder, "node_modules"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("setup where it may not install", () => {
  let machine: Machine | undefined;
  afterEach(() => machine?.remove());

  it("names what is missing and how to get it, and changes nothing", async () => {
    machine = new Machine({ "apt-get": "exit 1" });
    const { code, stderr } = await machine.setup();
    expect(code).toBe(1);
    expect(stderr).toContain("may not install here (not root); nothing was changed. Missing:");
    for (const name of ["docker.io", "bind9-dnsutils", "curl", "busybox-static", "consul"])
      expect(stderr).toContain(name);
    expect(machine.changed).toBe(false);
  });

  it("says so where there is no apt-get", async () => {
    machine = new Machine({ id: "echo 0" });
    const { code, stderr } = await machine.setup();
    expect(code).toBe(1);
    expect(stderr).toContain("cannot install here (no apt-get); nothing was changed");
  });

  it.each([
    [
      "Terraform is too old",
      { terraform: "echo Terraform v1.7.5" },
      "Terraform 1.8 or newer, or OpenTofu",
    ],
    ["the machine is no Linux", { uname: "echo Darwin" }, "this is Darwin"],
  ])("refuses, root or not, where %s", async (_name, tools, message) => {
    machine = new Machine({ id: "echo 0", "apt-get": "exit 1", ...tools });
    const { code, stderr } = await machine.setup();
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(machine.changed).toBe(false);
  });

  it("takes OpenTofu where Terraform is too old", async () => {
    machine = new Machine({ terraform: "echo Terraform v1.5.7", tofu: "echo OpenTofu v1.8.0" });
    expect((await machine.setup()).stderr).not.toContain("Terraform 1.8 or newer");
  });
});
