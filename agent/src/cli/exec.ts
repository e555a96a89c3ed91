import type { Command } from "commander";
import type { ExecInput } from "../contract/index";
import { ExecConnection } from "../client/exec-connection";
import { addConnectionOptions, reachOf, UsageError, type ConnectionOptions } from "./connection";
import type { InteractiveTerminal, Screen } from "./screen";
import type { Terminal } from "./terminal";

interface World {
  readonly terminal: Terminal;
  readonly screen: Screen;
  readonly fail: (error: unknown, terminal: Terminal) => never;
}

interface ExecOptions extends ConnectionOptions {
  readonly interactive?: boolean;
  readonly tty?: boolean;
}

/** Ends with the command's own exit code; with 1 or 2 also where `covey` could not run it, as its other commands do. */
export function registerExec(command: Command, world: World): void {
  const { terminal, screen, fail } = world;
  addConnectionOptions(command)
    .option("-i, --interactive", "the command reads what comes in here")
    .option("-t, --tty", "give it a terminal: with -i, a shell as if one sat there")
    .passThroughOptions()
    .action(async (task: string, words: string[], options: ExecOptions) => {
      let code: number;
      try {
        code = await exec(task, words, options, { terminal, screen });
      } catch (error) {
        return fail(error, terminal);
      }
      return terminal.exit(code);
    });
}

async function exec(
  task: string,
  command: readonly string[],
  { interactive = false, tty = false, ...connection }: ExecOptions,
  { terminal, screen }: { readonly terminal: Terminal; readonly screen: Screen },
): Promise<number> {
  const own = tty ? screen.terminal : undefined;
  if (tty && !own)
    throw new UsageError(
      "--tty needs a terminal on both sides: leave it out where input or output is a pipe or a file",
    );
  const reach = reachOf(connection, terminal);
  const input: ExecInput = {
    command: [...command],
    tty,
    stdin: interactive,
    ...(own && { size: own.size() }),
  };
  const running = await ExecConnection.open(reach, task, input);
  try {
    if (own) follow(own, running);
    if (interactive) void feed(running, screen);
    return await show(running, screen);
  } finally {
    own?.setRaw(false);
    running.close();
  }
}

function follow(own: InteractiveTerminal, running: ExecConnection): void {
  own.setRaw(true);
  own.onResize(() => running.tell({ size: own.size() }));
}

async function feed(running: ExecConnection, { input }: Screen): Promise<void> {
  for await (const data of input) await running.write(data);
  running.tell({ endOfInput: true });
}

async function show(running: ExecConnection, screen: Screen): Promise<number> {
  for await (const said of running.output()) {
    if ("exitCode" in said) return said.exitCode;
    await screen.show(said.stream, said.data);
  }
  throw new Error("the command ended without an exit code");
}
