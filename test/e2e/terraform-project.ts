import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt } from "../../scripts/command";
import { projectEnvironment } from "../../scripts/project-environment";

export interface Outcome {
  readonly code: number;
  /** Standard output and error, without colours and without Terraform's line drawing. */
  readonly text: string;
}

/** A Terraform configuration in a folder of its own, driven with the real `terraform` and our provider. */
export class TerraformProject {
  readonly dir = mkdtempSync(join(tmpdir(), "covey-e2e-"));

  write(resources: Record<string, unknown>, more: Record<string, unknown> = {}): void {
    const main = {
      terraform: { required_providers: { covey: { source: "covey/covey" } } },
      resource: resources,
      ...more,
    };
    writeFileSync(join(this.dir, "main.tf.json"), JSON.stringify(main, undefined, 2));
  }

  init(): Promise<Outcome> {
    return this.terraform("init");
  }

  apply(...args: string[]): Promise<Outcome> {
    return this.terraform("apply", "-auto-approve", ...args);
  }

  /** Code 0: nothing to do; 2: something to do; 1: refused. */
  plan(...args: string[]): Promise<Outcome> {
    return this.terraform("plan", "-detailed-exitcode", ...args);
  }

  destroy(...args: string[]): Promise<Outcome> {
    return this.terraform("destroy", "-auto-approve", ...args);
  }

  async terraform(...args: string[]): Promise<Outcome> {
    const result = await attempt("terraform", [...args, "-no-color"], {
      cwd: this.dir,
      env: { ...projectEnvironment(), TMPDIR: this.dir },
      deadlineMs: 240_000,
    });
    return { code: result.code, text: plain(result.stdout + result.stderr) };
  }

  /** Runs on while the test does other things; `interrupt` is a Ctrl-C. */
  start(...args: string[]): { interrupt(): void; readonly ended: Promise<Outcome> } {
    // A process group of its own: the terminal's Ctrl-C reaches Terraform and our provider alike.
    const child = spawn("terraform", [...args, "-no-color"], {
      cwd: this.dir,
      env: { ...projectEnvironment(), TMPDIR: this.dir },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    const take = (chunk: Buffer): void => void (text += chunk.toString());
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const ended = once(child, "close").then(([code]) => ({
      code: Number(code),
      text: plain(text),
    }));
    return { interrupt: () => process.kill(-(child.pid ?? 0), "SIGINT"), ended };
  }

  /** Attributes of one resource as they stand in the state; undefined where it is not there. */
  attributes(type: string, name: string): Record<string, unknown> | undefined {
    const state = JSON.parse(readFileSync(join(this.dir, "terraform.tfstate"), "utf8")) as {
      resources: {
        type: string;
        name: string;
        instances: { attributes: Record<string, unknown> }[];
      }[];
    };
    const found = state.resources.find((one) => one.type === type && one.name === name);
    return found?.instances[0]?.attributes;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Ended with 0; else what Terraform said is the failure's message. */
export function expectDone(outcome: Outcome): void {
  expect(outcome.code === 0 ? "done" : outcome.text).toBe("done");
}

/** Diagnostics are wrapped at the terminal's width and drawn in a box: one line each is easier to match. */
function plain(text: string): string {
  return text.replace(/^[│╷╵ ]+/gmu, "").replace(/\s+/g, " ");
}
