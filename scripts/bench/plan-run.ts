import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformWorkspace } from "../../provider/src/plugin/testing";
import type { TerraformOptions } from "../../provider/src/plugin/testing";
import { run } from "../command";

/** Resources of one kind, as many as one likes. */
export interface PlannedKind {
  readonly name: string;
  /** Undefined: built into Terraform. */
  readonly provider: Pick<TerraformOptions, "bundle" | "files" | "address"> | undefined;
  /** HCL before all resources. */
  readonly preamble?: string;
  /** HCL inside the block of the resource with this number. */
  body(index: number): string;
}

/** What one `terraform plan` took. */
export interface PlanCost {
  readonly wallMs: number;
  /** Of Terraform itself, user and system. */
  readonly terraformCpuMs: number;
  /** Of all the provider's processes together. */
  readonly providerCpuMs: number;
  /** Of the largest of the provider's processes, 10^6 bytes. */
  readonly providerRssMb: number;
  readonly providerProcesses: number;
}

interface ProcessUsage {
  readonly cpuMs: number;
  readonly rssMb: number;
}

const planDeadlineMs = 300_000;

/** Loaded into every Node program that Terraform starts: what it used, in a file of its own, when it ends. */
const recorder = `
process.once("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMb: (maxRSS * 1024) / 1e6 };
  require("node:fs").writeFileSync(require("node:path").join(__dirname, process.pid + ".usage"), JSON.stringify(usage));
});
`;

/** Plans to create resources of one kind, over and over, in a directory of its own. */
export class PlanRun {
  readonly #workspace: TerraformWorkspace;
  readonly #records = mkdtempSync(join(tmpdir(), "covey-bench-usage-"));

  constructor(private readonly kind: PlannedKind) {
    const preload = join(this.#records, "record.js");
    writeFileSync(preload, recorder);
    this.#workspace = new TerraformWorkspace({
      bundle: process.execPath,
      address: "example.invalid/acme/none",
      ...kind.provider,
      environment: {
        NODE_OPTIONS: `--require ${preload}`,
        TF_LOG_CORE: "",
        TF_LOG_PROVIDER: "",
        TF_LOG_PATH: "",
      },
    });
  }

  async prepare(count: number): Promise<void> {
    const { name, provider } = this.kind;
    const source = provider?.address ?? "terraform.io/builtin/terraform";
    const local = source.split("/").at(-1) ?? "";
    const blocks = Array.from(
      { length: count },
      (_, index) => `resource "${name}" "r${index}" {\n${this.kind.body(index)}\n}\n`,
    );
    const needs = `terraform {\n  required_providers {\n    ${local} = { source = "${source}" }\n  }\n}\n`;
    this.#workspace.configure(needs + (this.kind.preamble ?? "") + blocks.join(""));
    await this.#workspace.init();
  }

  /** @throws CommandFailed when the plan fails; Error when a provider ended without having been measured */
  async plan(): Promise<PlanCost> {
    // The shell's own account of its children includes theirs: Terraform waits for its plugins.
    const script = `"$@" >&2 || exit $?; times`;
    const args = ["terraform", "plan", "-input=false", "-no-color", "-lock=false"];
    const startedMs = performance.now();
    const stdout = await run("sh", ["-c", script, "sh", ...args], {
      cwd: this.#workspace.directory,
      env: this.#workspace.environment,
      deadlineMs: planDeadlineMs,
    });
    const wallMs = performance.now() - startedMs;
    const usages = this.#takeRecords();
    if (usages.length === 0 && this.kind.provider !== undefined)
      throw new Error(`no process of the provider of ${this.kind.name} told what it used`);
    const providerCpuMs = usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    return {
      wallMs,
      terraformCpuMs: childrenCpuMs(stdout) - providerCpuMs,
      providerCpuMs,
      providerRssMb: Math.max(0, ...usages.map(({ rssMb }) => rssMb)),
      providerProcesses: usages.length,
    };
  }

  remove(): void {
    this.#workspace.remove();
    rmSync(this.#records, { recursive: true, force: true });
  }

  #takeRecords(): ProcessUsage[] {
    const files = readdirSync(this.#records).filter((name) => name.endsWith(".usage"));
    return files.map((name) => {
      const file = join(this.#records, name);
      const usage = JSON.parse(readFileSync(file, "utf8")) as ProcessUsage;
      rmSync(file);
      return usage;
    });
  }
}

/** Of `times` (POSIX): the shell's user and system time, then its children's, as `0m1.250000s`. */
export function childrenCpuMs(times: string): number {
  const found = [...times.matchAll(/(\d+)m(\d+[.,]\d+)s/gu)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds?.replace(",", ".")),
  );
  const [, , user, system] = found;
  if (user === undefined || system === undefined)
    throw new Error(`the shell's times are not understood: ${JSON.stringify(times)}`);
  return (user + system) * 1000;
}
