/** Drives the real `terraform` with a provider built into one JavaScript file, in a directory of its own. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

export interface TerraformOptions {
  /** The provider as one file that `node` runs, starting with `#!/usr/bin/env node`. */
  readonly bundle: string;
  /** Files and folders that belong beside it. */
  readonly files?: readonly string[];
  /** Source address: "example.invalid/acme/toy". */
  readonly address: string;
  readonly version?: string;
  /** Added to the environment of terraform and so of the provider. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly terraform?: string;
}

/** HCL as text, or Terraform's JSON as an object. */
export type Configuration = string | Readonly<Record<string, unknown>>;

export interface TerraformRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type PlannedAction = "no-op" | "create" | "read" | "update" | "delete";

const COMMAND_TIMEOUT_MS = 120_000;

/** Whether `terraform` can be run. Tests skip visibly without it, and fail when CI is set. */
export function terraformAvailable(terraform = "terraform"): boolean {
  const found = spawnSync(terraform, ["version"], {
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (found.status === 0) return true;
  if (process.env["CI"] !== undefined)
    throw new Error(`CI is set, but "${terraform}" does not run`);
  return false;
}

/** One working directory: configuration, state, provider. Failed commands throw with all of terraform's output. */
export class TerraformWorkspace {
  readonly directory: string;
  private readonly terraform: string;
  /** What the next commands run with. */
  readonly environment: NodeJS.ProcessEnv;

  constructor(options: TerraformOptions) {
    this.terraform = options.terraform ?? "terraform";
    this.directory = mkdtempSync(join(tmpdir(), "terraform-test-"));
    const mirror = join(this.directory, "mirror");
    installProvider(mirror, options);
    const configuration = join(this.directory, "cli.tfrc");
    writeFileSync(
      configuration,
      `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    this.environment = {
      ...inherited(),
      TF_CLI_CONFIG_FILE: configuration,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_LOG_PATH: join(this.directory, "terraform.log"),
      TF_LOG_CORE: "DEBUG",
      TF_LOG_PROVIDER: "INFO",
      // What a killed provider leaves behind goes with this workspace.
      TMPDIR: this.directory,
      ...options.environment,
    };
  }

  /** Replaces the configuration. */
  configure(configuration: Configuration): void {
    const isText = typeof configuration === "string";
    const text = isText ? configuration : JSON.stringify(configuration, undefined, 2);
    writeFileSync(join(this.directory, isText ? "main.tf" : "main.tf.json"), text);
    rmSync(join(this.directory, isText ? "main.tf.json" : "main.tf"), { force: true });
  }

  async init(): Promise<void> {
    await this.must(["init", "-no-color", "-input=false"]);
  }

  async apply(...flags: readonly string[]): Promise<void> {
    await this.must(["apply", ...COMMON, "-auto-approve", ...flags]);
  }

  async destroy(): Promise<void> {
    await this.must(["destroy", ...COMMON, "-auto-approve"]);
  }

  async refresh(): Promise<void> {
    await this.must(["apply", ...COMMON, "-auto-approve", "-refresh-only"]);
  }

  async import(address: string, id: string): Promise<void> {
    await this.must(["import", ...COMMON, address, id]);
  }

  /** The actions planned by resource address, without no-ops: empty when there is nothing to do. */
  async plan(): Promise<Readonly<Record<string, readonly PlannedAction[]>>> {
    await this.must(["plan", ...COMMON, "-out=plan.bin"]);
    const { stdout } = await this.must(["show", "-json", "plan.bin"]);
    const plan = JSON.parse(stdout) as {
      resource_changes?: { address: string; change: { actions: PlannedAction[] } }[];
    };
    return Object.fromEntries(
      (plan.resource_changes ?? [])
        .map(({ address, change }) => [address, change.actions] as const)
        .filter(([, actions]) => actions.some((action) => action !== "no-op")),
    );
  }

  /** The resources in the state, by address. */
  async state(): Promise<Readonly<Record<string, ResourceInState>>> {
    const { stdout } = await this.must(["show", "-json"]);
    const state = JSON.parse(stdout) as {
      values?: { root_module?: { resources?: ResourceInState[] } };
    };
    const resources = state.values?.root_module?.resources ?? [];
    return Object.fromEntries(resources.map((resource) => [resource.address, resource]));
  }

  /** The outputs in the state, by name. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.must(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Readonly<Record<string, { value: unknown }>>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Forgets a resource without destroying it. */
  async forget(address: string): Promise<void> {
    await this.must(["state", "rm", address]);
  }

  /** The state file, as it is now; undefined when there is none. */
  stateFile(): string | undefined {
    try {
      return readFileSync(join(this.directory, "terraform.tfstate"), "utf8");
    } catch {
      return undefined;
    }
  }

  /** Puts back what `stateFile` gave. */
  restoreStateFile(content: string): void {
    writeFileSync(join(this.directory, "terraform.tfstate"), content);
  }

  /** Runs terraform to its end whatever its result. */
  run(args: readonly string[]): Promise<TerraformRun> {
    return finished(this.start(args));
  }

  /** Starts terraform in a process group of its own, so that a signal to the group is what Ctrl-C would send. */
  start(args: readonly string[]): ChildProcess {
    return spawn(this.terraform, args, {
      cwd: this.directory,
      env: this.environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Terraform's and the provider's log so far. */
  log(): string {
    try {
      return readFileSync(join(this.directory, "terraform.log"), "utf8");
    } catch {
      return "";
    }
  }

  /** Removes the directory with all that is in it. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async must(args: readonly string[]): Promise<TerraformRun> {
    const run = await this.run(args);
    if (run.code === 0) return run;
    const log = this.log().split("\n").slice(-60).join("\n");
    throw new Error(
      `terraform ${args.join(" ")} ended with ${String(run.code)}\n${run.stdout}\n${run.stderr}\n--- end of log\n${log}`,
    );
  }
}

export interface ResourceInState {
  readonly address: string;
  readonly tainted?: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

const COMMON = ["-no-color", "-input=false"];

/** Collects the output until the process ends; it is killed when it takes longer than two minutes. */
export function finished(child: ChildProcess): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const timer = setTimeout(() => child.kill("SIGKILL"), COMMAND_TIMEOUT_MS);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

function installProvider(mirror: string, options: TerraformOptions): void {
  const version = options.version ?? "0.1.0";
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const directory = join(mirror, ...options.address.split("/"), version, platform);
  mkdirSync(directory, { recursive: true });
  const name = options.address.split("/").at(-1) ?? "provider";
  const executable = join(directory, `terraform-provider-${name}_v${version}`);
  copyFileSync(options.bundle, executable);
  chmodSync(executable, 0o755);
  for (const file of options.files ?? [])
    cpSync(file, join(directory, basename(file)), { recursive: true });
}

/** The environment without what would change terraform's behaviour. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("TF_")),
  );
}
