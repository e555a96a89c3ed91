import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** SIGTERM after it, SIGKILL two seconds later; default 60 s. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Written to its standard input. */
  readonly input?: Buffer;
  /** Called with what it prints, as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  /** -1: it could not be started, or died of a signal. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program ended other than well. */
export class CommandFailed extends Error {
  constructor(
    readonly command: string,
    readonly result: CommandResult,
  ) {
    const last = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-12).join("\n");
    super(`\`${command}\` ended with ${result.code}${last ? `:\n${last}` : ""}`);
    this.name = "CommandFailed";
  }
}

/** Runs a program to its end. Never rejects on its exit code; see `run` for that. */
export function attempt(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    const end = (): void => {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 2000).unref();
    };
    const timer = setTimeout(() => {
      stderr += `\n${program} did not end within ${(options.deadlineMs ?? 60_000) / 1000} s`;
      end();
    }, options.deadlineMs ?? 60_000);
    options.signal?.addEventListener("abort", end, { once: true });
    const done = (code: number): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", end);
      resolve({ code, stdout, stderr });
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      options.onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onOutput?.(text);
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input);
    child.on("error", (error) => {
      stderr += error.message;
      done(-1);
    });
    child.on("close", (code) => {
      done(code ?? -1);
    });
  });
}

/** Runs a program to its end; its standard output. @throws CommandFailed when it ends other than with 0. */
export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await attempt(program, args, options);
  if (result.code !== 0) throw new CommandFailed([program, ...args].join(" "), result);
  return result.stdout;
}
