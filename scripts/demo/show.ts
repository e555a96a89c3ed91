import { attempt, CommandFailed } from "../command";
import { projectEnvironment } from "../project-environment";

/** Where the demo tells its story; the bench gives one that keeps silent. */
export interface Stage {
  /** A heading. */
  act(title: string): void;
  /** A command as one would type it. */
  command(line: string): void;
  output(text: string): void;
  /** What has been seen to be so. */
  fact(text: string): void;
}

export const terminalStage: Stage = {
  act: (title) => process.stdout.write(`\n== ${title}\n`),
  command: (line) => process.stdout.write(`$ ${line}\n`),
  output: (text) => process.stdout.write(text.replaceAll(/^(?=.)/gm, "  ").replace(/\n*$/, "\n")),
  fact: (text) => process.stdout.write(`-> ${text}\n`),
};

const nothing = (): void => undefined;
export const silentStage: Stage = {
  act: nothing,
  command: nothing,
  output: nothing,
  fact: nothing,
};

export interface ShowOptions {
  readonly stage: Stage;
  readonly signal: AbortSignal;
  /** On top of the project's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Shown in place of the words, where those are longer than what one would type. */
  readonly as?: string;
  readonly deadlineMs?: number;
}

/** Runs a command on stage. @throws CommandFailed when it fails */
export async function show(
  words: readonly [string, ...string[]],
  options: ShowOptions,
): Promise<string> {
  const { stage, signal, env, as, deadlineMs } = options;
  const [program, ...args] = words;
  const line = as ?? words.map(quote).join(" ");
  stage.command(line);
  const result = await attempt(program, args, {
    env: { ...projectEnvironment(), ...env },
    signal,
    deadlineMs: deadlineMs ?? 20_000,
  });
  signal.throwIfAborted();
  if (result.stdout.trim()) stage.output(result.stdout);
  if (result.code !== 0) throw new CommandFailed(line, result);
  return result.stdout;
}

function quote(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
