/** `covey ...`: what a person asks a cluster. Talks to an agent through the contract only, like anybody else. */
import type { Command, CommanderError } from "commander";
import { ApiError, UnreachableError } from "../contract/index";
import {
  addConnectionOptions,
  connect,
  seconds,
  UsageError,
  type ConnectionOptions,
} from "./connection";
import { registerExec } from "./exec";
import { registerFrameworks } from "./frameworks";
import { addLogsOptions, logsQuestion } from "./logs";
import type { Question } from "./question";
import { processScreen, type Screen } from "./screen";
import { showMembers, showNodes, showServices, showStatus, showTasks, showWhy } from "./show";
import { topQuestion } from "./top";
import { registerVoters } from "./voters";
import { processTerminal, type Terminal } from "./terminal";

type Inquire = <T>(command: Command, question: (words: string[]) => Question<T>) => void;

const exitCodes = { refused: 1, usage: 2 } as const;

interface CommonOptions extends ConnectionOptions {
  readonly json?: boolean;
  readonly wait: number;
}

/**
 * Adds the commands that talk to a cluster. They exit 0, 1 where the cluster refused or cannot be reached, and 2 where the command line
 * is wrong, for all of `program`'s commands; the cause is on stderr.
 */
export function registerCommands(
  program: Command,
  terminal: Terminal = processTerminal,
  screen: Screen = processScreen,
): void {
  const inquire: Inquire = (command, question) => {
    addCommonOptions(command).action(async () => {
      await answer(question(command.args), command.opts<CommonOptions>(), terminal);
    });
  };
  // What follows a task's name is its command's, options too.
  program.enablePositionalOptions();
  const add = (name: string, text: string): Command => program.command(name).description(text);

  inquire(add("status", "as one agent sees it: master, voters, Consul, Docker"), () => ({
    ask: (client, call) => client.status(call),
    show: showStatus,
  }));
  inquire(add("nodes", "machines: what each has, what of it is used, its tasks"), () => ({
    ask: (client, call) => client.nodes(call),
    show: showNodes,
  }));
  inquire(add("services", "services: how many instances are wanted, run, are healthy"), () => ({
    ask: (client, call) => client.services(call),
    show: showServices,
  }));
  addTasks(add, inquire, (command) => registerExec(command, { terminal, screen, fail }));
  inquire(add("members", "the mesh as one agent sees it"), () => ({
    ask: (client, call) => client.members(call),
    show: showMembers,
  }));
  inquire(
    add("why <service>", "why not all instances of a service run, node by node"),
    ([service = ""]) => ({
      ask: (client, call) => client.why(service, call),
      show: showWhy,
    }),
  );
  addDrain(add("drain <node>", "give a node no new tasks and move its tasks away"), terminal);
  inquire(add("undrain <node>", "let a drained node have tasks again"), ([node = ""]) => ({
    ask: async (client, call) => {
      await client.undrain(node, call);
      return { node, draining: false };
    },
    show: () => `${node} may have tasks again\n`,
  }));
  addTransfer(add("master", "the office of the master"), inquire);
  registerFrameworks(add, inquire);
  registerVoters(add("voters", "who elects the master"), inquire);
  endWithCodes(program, terminal);
}

function addTasks(
  add: (name: string, text: string) => Command,
  inquire: Inquire,
  addExec: (command: Command) => void,
): void {
  inquire(
    add("tasks [service]", "tasks, of all or of one service: where, state, ports"),
    ([service]) => ({
      ask: (client, call) => client.tasks(service, call),
      show: showTasks,
    }),
  );
  const logs = addLogsOptions(add("logs <task>", "what a task says, or said"));
  inquire(logs, ([task = ""]) => logsQuestion(task, logs.opts()));
  inquire(add("top [service]", "what running tasks use of processors and memory"), ([service]) =>
    topQuestion(service),
  );
  addExec(add("exec <task> <command...>", "run a command in a task's container"));
}

function addTransfer(master: Command, inquire: Inquire): void {
  inquire(
    master
      .command("transfer [node]")
      .description("hand the office to a voter, and say when it has taken it"),
    ([node]) => ({
      ask: (client, call) => client.transfer(node, call),
      show: ({ name, term }) => `${name} is master, in term ${term}\n`,
    }),
  );
}

function addDrain(command: Command, terminal: Terminal): void {
  addCommonOptions(command)
    .option("--deadline <seconds>", "after it the tasks left are killed, moved or not", seconds, 30)
    .action(async (node: string, options: CommonOptions & { deadline: number }) => {
      const question: Question<object> = {
        ask: async (client, call) => {
          await client.drain(node, Math.round(options.deadline * 1000), call);
          return { node, draining: true, deadlineMs: Math.round(options.deadline * 1000) };
        },
        show: () =>
          `${node} is draining: its tasks move away within ${options.deadline} s ('covey nodes' shows how many are left)\n`,
      };
      await answer(question, options, terminal);
    });
}

function addCommonOptions(command: Command): Command {
  return addConnectionOptions(command)
    .option(
      "--wait <seconds>",
      "keep trying so long where nobody answers or there is no master",
      seconds,
      0,
    )
    .option("--json", "the API's own answer, for programs");
}

async function answer<T>(
  question: Question<T>,
  options: CommonOptions,
  terminal: Terminal,
): Promise<void> {
  try {
    const client = connect(options, terminal);
    try {
      const signal = options.wait > 0 ? AbortSignal.timeout(options.wait * 1000) : undefined;
      const given = await question.ask(client, { signal });
      const shown = question.show(given);
      if (typeof shown !== "string") for await (const text of shown) terminal.out(text);
      else terminal.out(options.json === true ? `${JSON.stringify(given, undefined, 2)}\n` : shown);
    } finally {
      client.close();
    }
  } catch (error) {
    fail(error, terminal);
  }
}

function fail(error: unknown, terminal: Terminal): never {
  if (error instanceof UsageError) {
    terminal.error(`covey: ${error.message}\n`);
    return terminal.exit(exitCodes.usage);
  }
  if (error instanceof ApiError || error instanceof UnreachableError) {
    terminal.error(`covey: ${error.message}\n`);
    return terminal.exit(exitCodes.refused);
  }
  throw error;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Commander ends the process by itself, with 1 for a wrong command line: 2 says which of the two it was. */
function endWithCodes(program: Command, terminal: Terminal): void {
  for (const command of withSubcommands(program))
    command
      .exitOverride((error: CommanderError) =>
        terminal.exit(error.exitCode === 0 ? 0 : exitCodes.usage),
      )
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.error(text),
      });
}
