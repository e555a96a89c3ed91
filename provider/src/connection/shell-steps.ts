import { InstallError } from "./install-error";
import type { Platform } from "./connection";
import type { Shell, ShellResult, ShellRun } from "./shell";
import { factsScript, missingCode } from "./shell-scripts";

export const quickMs = 30_000;
const outputBytesMax = 32 * 1024 * 1024;
const architectures: Readonly<Record<string, string>> = {
  x86_64: "x64",
  amd64: "x64",
  aarch64: "arm64",
  arm64: "arm64",
};

interface Facts {
  readonly platform: Platform;
  readonly canGunzip: boolean;
}

/** Runs the scripts of a connection, each a step with a name, a deadline and a refusal that says what the machine said. */
export abstract class ShellSteps {
  readonly description: string;
  #facts: Promise<Facts> | undefined;

  constructor(protected readonly shell: Shell) {
    this.description = shell.description;
  }

  /** Asked once. */
  protected facts(): Promise<Facts> {
    this.#facts ??= this.#askFacts().catch((error: unknown) => {
      this.#facts = undefined;
      throw error;
    });
    return this.#facts;
  }

  async #askFacts(): Promise<Facts> {
    const { stdout } = await this.complete("ask what machine it is", factsScript, []);
    const [os = "", machine = "", packer] = stdout.toString().split("\n");
    return {
      platform: { os: os.toLowerCase(), arch: architectures[machine] ?? machine },
      canGunzip: packer === "gunzip",
    };
  }

  /** undefined: what was asked for is not there. */
  protected async findBy(
    step: string,
    script: string,
    args: readonly string[],
  ): Promise<ShellResult | undefined> {
    const result = await this.execute(step, script, args);
    return result.code === missingCode ? undefined : this.ended(step, result);
  }

  protected async complete(
    step: string,
    script: string,
    args: readonly string[],
    more: Partial<ShellRun> = {},
  ): Promise<ShellResult> {
    return this.ended(step, await this.execute(step, script, args, more));
  }

  protected execute(
    step: string,
    script: string,
    args: readonly string[],
    more: Partial<ShellRun> = {},
  ): Promise<ShellResult> {
    const limits = { deadlineMs: quickMs, maxOutputBytes: outputBytesMax };
    return this.shell.run(script, args, { step, ...limits, ...more });
  }

  private ended(step: string, result: ShellResult): ShellResult {
    if (result.code === 0) return result;
    const said = result.stderr.trim();
    return this.fail(step, said === "" ? `it ended with code ${result.code}` : said);
  }

  protected fail(step: string, why: string): never {
    throw new InstallError(step, `${step} on ${this.description}: ${why}`);
  }
}
