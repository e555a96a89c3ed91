import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { coveyDir, repository } from "../paths";
import { projectEnvironment } from "../project-environment";
import { endTree } from "./processes";
import type { Stage } from "./show";

export interface DeployedNode {
  readonly name: string;
  readonly address: string;
  readonly dataDir: string;
}

/** What of the deployed example Terraform's state tells us. */
export interface Deployed {
  readonly cluster: string;
  readonly token: string;
  readonly ca: string;
  readonly api: readonly string[];
  readonly nodes: readonly DeployedNode[];
}

export interface CdktfOptions {
  readonly stage: Stage;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}

interface StateResource {
  readonly type: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

export const exampleName = "examples/hello";
export const exampleDir = join(repository, exampleName);
const stateFiles = [
  "terraform.hello.tfstate",
  "terraform.hello.tfstate.backup",
  ".terraform.hello.tfstate.lock.info",
];
const demoLog = join(coveyDir, "demo.log");
const cdktfWithinMs = 300_000;
/** Our provider is in no registry; without it cdktf would have Terraform ask one. */
const flags = ["--auto-approve", "--skip-provider-lock"];
const worthShowing = /(Creation|Modifications|Destruction) complete|Still|[Ee]rror/;

/** `cdktf VERB` on the example, as one would type it; what Terraform reports is shown, the rest is in `.covey/demo.log`. */
export async function cdktf(
  verb: "deploy" | "destroy",
  options: CdktfOptions,
): Promise<{ readonly tookMs: number }> {
  const { stage, signal, env = {} } = options;
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  stage.command([...settings, "cdktf", verb, ...flags].join(" "));
  signal.throwIfAborted();
  const began = performance.now();
  const output = await runCdktf([verb, ...flags], options);
  signal.throwIfAborted();
  if (output.code !== 0)
    throw new Error(
      `\`cdktf ${verb}\` failed (all of its output: .covey/demo.log):\n${causeIn(output.text)}`,
    );
  return { tookMs: performance.now() - began };
}

/** cdktf runs Terraform in a terminal of its own, so neither hears a Ctrl-C that is meant for us; when we end, they are ended. */
function runCdktf(
  args: readonly string[],
  options: CdktfOptions,
): Promise<{ code: number; text: string }> {
  const { stage, signal, env } = options;
  // Of its own, so that what a killed Terraform leaves in it goes with it.
  const temporary = mkdtempSync(join(tmpdir(), "covey-demo-"));
  return new Promise((resolve) => {
    const child = spawn("cdktf", args, {
      cwd: exampleDir,
      env: { ...projectEnvironment(), FORCE_COLOR: "0", TMPDIR: temporary, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const log = createWriteStream(demoLog, { flags: "a" });
    const end = (): void => {
      if (child.pid !== undefined) endTree(child.pid);
    };
    const timer = setTimeout(end, cdktfWithinMs);
    signal.addEventListener("abort", end, { once: true });
    let text = "";
    let shown = 0;
    const take = (chunk: string): void => {
      log.write(chunk);
      text += stripVTControlCharacters(chunk);
      const lines = text.slice(shown).split("\n");
      shown += lines.slice(0, -1).join("\n").length + (lines.length > 1 ? 1 : 0);
      for (const line of lines.slice(0, -1)) if (worthShowing.test(line)) stage.output(line.trim());
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const done = (code: number): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      log.end();
      rmSync(temporary, { recursive: true, force: true });
      resolve({ code, text });
    };
    child.on("error", (error) => {
      text += error.message;
      done(-1);
    });
    child.on("close", (code) => {
      done(code ?? -1);
    });
  });
}

/** What Terraform says from its first error on, less its frame and cdktf's own account of its stacks. */
export function causeIn(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/^(hello)?\s*[│╷╵]?\s?/, "").trimEnd())
    .filter((line) => line !== "" && !/^\d+ Stacks? |^Invoking Terraform CLI failed/.test(line));
  const first = lines.findIndex((line) => line.includes("Error: "));
  return [...new Set(first < 0 ? lines.slice(-15) : lines.slice(first))].join("\n");
}

/** undefined: nothing is deployed. */
export function readDeployed(): Deployed | undefined {
  const resources = stateResources();
  const cluster = resources.find(({ type }) => type === "covey_cluster")?.instances[0]?.attributes;
  if (!cluster) return undefined;
  return {
    cluster: String(cluster["name"]),
    token: String(cluster["token"]),
    ca: String(cluster["ca_certificate"]),
    api: cluster["endpoints"] as readonly string[],
    nodes: resources
      .filter(({ type }) => type === "covey_node")
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes))
      .map((node) => ({
        name: String(node["name"]),
        address: String(node["address"]),
        dataDir: String(node["data_dir"]),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}

/** How many resources Terraform has on its books for the example. */
export function deployedResources(): number {
  return stateResources().length;
}

function stateResources(): readonly StateResource[] {
  const file = join(exampleDir, "terraform.hello.tfstate");
  if (!existsSync(file)) return [];
  const state = JSON.parse(readFileSync(file, "utf8")) as { resources?: readonly StateResource[] };
  return state.resources ?? [];
}

/** State files and cdktf's output: all that a deploy leaves in the example's folder. */
export function forgetExample(): void {
  for (const name of [...stateFiles, "cdktf.out", "cdktf.log"])
    rmSync(join(exampleDir, name), { recursive: true, force: true });
}
