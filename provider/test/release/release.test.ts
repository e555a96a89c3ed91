import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../../scripts/build";
import { timeHandshake } from "../../../scripts/bench/handshake";
import { attempt, run } from "../../../scripts/command";
import { allPlatforms, isOurs } from "../../../scripts/release/platform";
import { release } from "../../../scripts/release/release";
import { createCertificate } from "../../src/plugin/handshake/certificate";
import { terraformAvailable } from "../../src/plugin/testing";

const version = "1.2.3";
const ours = allPlatforms.find(isOurs);
const withTerraform = terraformAvailable() && ours !== undefined ? describe : describe.skip;
const configuration = `
terraform {
  required_providers {
    covey = { source = "registry.terraform.io/covey/covey" }
  }
}
resource "covey_cluster" "this" {
  name   = "released"
  voters = { a = "10.0.0.11" }
}
`;

/** A directory in which `terraform init` has unpacked the archive from a mirror of packed providers, checking it. */
class Installed {
  readonly directory = mkdtempSync(join(tmpdir(), "covey-installed-"));
  readonly folder = join(
    this.directory,
    `.terraform/providers/registry.terraform.io/covey/covey/${version}/${ours ?? ""}`,
  );
  readonly program = join(this.folder, `terraform-provider-covey_v${version}`);

  constructor(archive: string) {
    const mirror = join(this.directory, "mirror/registry.terraform.io/covey/covey");
    mkdirSync(mirror, { recursive: true });
    copyFileSync(archive, join(mirror, `terraform-provider-covey_${version}_${ours ?? ""}.zip`));
    writeFileSync(join(this.directory, "main.tf"), configuration);
    writeFileSync(
      join(this.directory, "cli.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = "${join(this.directory, "mirror")}"\n  }\n}\n`,
    );
  }

  async terraform(path: string | undefined, ...args: string[]): Promise<string> {
    const terraform = (await run("sh", ["-c", "command -v terraform"])).trim();
    return run(terraform, [...args, "-no-color", "-input=false"], {
      cwd: this.directory,
      env: {
        ...process.env,
        PATH: path,
        TMPDIR: this.directory,
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: join(this.directory, "cli.tfrc"),
      },
      deadlineMs: 120_000,
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

withTerraform("a release", () => {
  const directory = mkdtempSync(join(tmpdir(), "covey-release-test-"));
  const [first, second] = [join(directory, "first"), join(directory, "second")];
  const { pem } = createCertificate(new Date());
  const said: string[] = [];
  let single: Installed;
  let launched: Installed;

  beforeAll(async () => {
    await build();
    const platforms = allPlatforms.filter((one) => isOurs(one) || one.startsWith("darwin"));
    for (const into of [first, second])
      await release({
        version,
        platforms,
        directory: into,
        fingerprint: undefined,
        say: (line) => said.push(line),
      });
    single = new Installed(join(first, `terraform-provider-covey_${version}_${ours ?? ""}.zip`));
    launched = new Installed(join(first, `terraform-provider-covey_${version}_darwin_arm64.zip`));
    await single.terraform(process.env["PATH"], "init");
    await launched.terraform(process.env["PATH"], "init");
  }, 600_000);

  afterAll(() => {
    single.remove();
    launched.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it("has the checksum of every file, the manifest's included", async () => {
    const sums = `terraform-provider-covey_${version}_SHA256SUMS`;
    const checked = await run("sha256sum", ["--check", "--strict", sums], { cwd: first });
    expect(checked).toContain(`terraform-provider-covey_${version}_manifest.json: OK`);
    expect(checked.trim().split("\n")).toHaveLength(4);
    const manifest = `terraform-provider-covey_${version}_manifest.json`;
    expect(JSON.parse(readFileSync(join(first, manifest), "utf8"))).toEqual({
      version: 1,
      metadata: { protocol_versions: ["6.0"] },
    });
  });

  it("comes with the license of the Node.js it holds, or says that it is not there", () => {
    const license = join(single.folder, "LICENSE.node");
    const text = existsSync(license) ? readFileSync(license, "utf8") : said.join("\n");
    expect(text).toMatch(/Node\.js is licensed for use|holds Node\.js without its license text/u);
  });

  it("is the same to the last byte when it is made again", () => {
    const sums = `terraform-provider-covey_${version}_SHA256SUMS`;
    expect(readFileSync(join(second, sums), "utf8")).toBe(readFileSync(join(first, sums), "utf8"));
  });

  it("plans where there is no Node.js at all", async () => {
    expect(await single.terraform("/nowhere", "plan")).toContain(
      "covey_cluster.this will be created",
    );
  }, 120_000);

  it("shakes hands, as a single executable and by the launcher", async () => {
    expect(await timeHandshake(single.program, pem)).toBeGreaterThan(0);
    expect(await timeHandshake(launched.program, pem)).toBeGreaterThan(0);
  }, 60_000);

  it("plans with the Node.js of the machine where it is no single executable", async () => {
    const planned = await launched.terraform(process.env["PATH"], "plan");
    expect(planned).toContain("covey_cluster.this will be created");
  }, 120_000);

  it("is also the runtime of the agent that it carries", async () => {
    const flags = ["--optimize-for-size"];
    const env = { PATH: "/nowhere", NODE_OPTIONS: "--max-semi-space-size=1" };
    const agent = join(single.folder, "covey.js");
    const told = await run(single.program, [...flags, agent, "--version"], { env });
    expect(told).toMatch(/^\d+\.\d+\.\d+\n$/u);
    const refused = await attempt(single.program, [...flags, agent, "agent"], { env });
    expect(refused.stderr).toContain("required option '--config <file>' not specified");
  }, 60_000);

  it("says what it needs where Node.js is missing or too old", async () => {
    const missing = await attempt(launched.program, [], { env: { PATH: "/nowhere" } });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toBe(
      "terraform-provider-covey needs Node.js 20.19 or newer and finds no 'node': install it, or set COVEY_NODE to the path of one.\n",
    );
    const old = join(launched.directory, "old.js");
    writeFileSync(
      old,
      `Object.defineProperty(process, "versions", { value: { node: "18.20.4" } });\n`,
    );
    const tooOld = await attempt(launched.program, [], {
      env: { PATH: process.env["PATH"], NODE_OPTIONS: `--require ${old}` },
    });
    expect(tooOld.code).toBe(1);
    expect(tooOld.stderr).toMatch(
      /^terraform-provider-covey needs Node\.js 20\.19 or newer, and .*: install/u,
    );
  });
});
