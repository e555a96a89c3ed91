/** `npm run lab -- COMMAND`: hosts on this machine to deploy onto, and faults to try what becomes of it. docs/lab.md */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { takeLock } from "../demo/lock";
import { directions, type Direction } from "./faults";
import { Lab, labFolder } from "./lab";
import { describeLab } from "./lab-status";

const defaults = { hosts: 5, diskMib: 8192 };
let lab = new Lab();

const say = (line: string): void => void process.stdout.write(`lab: ${line}\n`);
const secondsSince = (startMs: number): string => ((performance.now() - startMs) / 1000).toFixed(1);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("it must be a whole number above 0");
  return number;
}

/** What changes the lab goes on alone. */
async function alone(act: () => Promise<void> | void): Promise<void> {
  mkdirSync(dirname(lab.folder), { recursive: true });
  const release = takeLock(`${lab.folder}.lock`, "command of the lab");
  try {
    await act();
  } finally {
    release();
  }
}

/** The first Ctrl-C ends what is waited for; the next are heard, but cleaning up goes on. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (!controller.signal.aborted) controller.abort(new Error(`ended by ${name}`));
    });
  return controller.signal;
}

async function up(options: { hosts: number; diskMib: number }): Promise<void> {
  const signal = interruptible();
  const startMs = performance.now();
  lab.refuseWhereThere();
  try {
    await lab.up({ ...options, signal });
    signal.throwIfAborted();
  } catch (error) {
    await lab.down();
    throw signal.aborted ? signal.reason : error;
  }
  say(`${options.hosts} hosts are up after ${secondsSince(startMs)} s`);
  process.stdout.write(describeLab(lab));
}

async function down(): Promise<void> {
  const startMs = performance.now();
  await lab.down();
  const remains = lab.remains();
  if (remains.length > 0) throw new Error(`this is left:\n${remains.join("\n")}`);
  say(`down after ${secondsSince(startMs)} s, nothing is left`);
}

/** With this terminal, and its exit code. */
function exec(name: string, command: readonly string[]): Promise<void> {
  const [program, ...args] = lab.host(name).enterCommand(command);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}

function forEachHost(act: (name: string) => Promise<void> | void, done: string) {
  return (names: readonly string[]): Promise<void> =>
    alone(async () => {
      for (const name of names) lab.host(name);
      await Promise.all(names.map(async (name) => act(name)));
      say(`${names.join(", ")} ${done}`);
    });
}

async function fill(name: string, { free }: { free?: boolean }): Promise<void> {
  const host = lab.host(name);
  if (free === true) await host.freeDisk();
  const left = free === true ? undefined : await host.fillDisk();
  say(left === undefined ? `${name} has its disk back` : `${name} has ${left} bytes left`);
}

const program = new Command("npm run lab --")
  .showHelpAfterError()
  .option("--folder <path>", "where the lab is kept", labFolder)
  .hook("preAction", (command) => {
    lab = new Lab(resolve(command.opts<{ folder: string }>().folder));
  });
const hosts = new Argument("<host...>", "h1, h2, ...");
program
  .command("up")
  .description("make hosts: each with sshd, a Docker engine and a disk of its own")
  .option("--hosts <number>", "how many", wholeNumber, defaults.hosts)
  .option("--disk-mib <number>", "size of each one's disk", wholeNumber, defaults.diskMib)
  .action((options: { hosts: number; diskMib: number }) => alone(() => up(options)));
program
  .command("down")
  .description("remove all of it, also what a killed `up` has left")
  .action(() => alone(down));
program
  .command("status")
  .description("which hosts there are, and how they are")
  .action(() => void process.stdout.write(describeLab(lab)));
program
  .command("exec <host> <command...>")
  .description("run a command on a host, without SSH")
  .action(exec);
program
  .command("push <image>")
  .description("put an image of this machine's engine into the lab's registry")
  .action((image: string) =>
    alone(async () => {
      await lab.push(image);
      say(`pushed: hosts pull ${lab.state.registry}/${image}`);
    }),
  );
program
  .command("kill")
  .addArgument(hosts)
  .description("a power cut: no more network, SIGKILL to everything at once; the disk stays")
  .action(forEachHost((name) => lab.host(name).kill(), "off"));
program
  .command("boot")
  .addArgument(hosts)
  .description("start killed hosts again, with their old disks")
  .action(forEachHost((name) => lab.boot(name), "up"));
program
  .command("freeze")
  .addArgument(hosts)
  .description("SIGSTOP to everything on them")
  .action(forEachHost((name) => lab.host(name).freeze(), "frozen"));
program
  .command("thaw")
  .addArgument(hosts)
  .description("SIGCONT to everything on them")
  .action(
    forEachHost((name) => {
      lab.host(name).thaw();
    }, "go on"),
  );
program
  .command("cut")
  .addArgument(hosts)
  .description("cut these off from all others and from this machine, not from each other")
  .addOption(
    new Option(
      "--direction <way>",
      "one way only: what comes in is lost, or what goes out",
    ).choices(directions),
  )
  .action((names: string[], { direction }: { direction?: Direction }) =>
    alone(() => {
      lab.cut(names, direction);
      say(`${names.join(", ")} cut off${direction === undefined ? "" : ` (${direction})`}`);
    }),
  );
program
  .command("slow <host>")
  .description("let its cable carry less, both ways")
  .requiredOption("--mbit <number>", "Mbit/s", Number)
  .action((name: string, { mbit }: { mbit: number }) =>
    alone(() => {
      lab.host(name).slow(mbit);
      say(`${name} has ${mbit} Mbit/s`);
    }),
  );
program
  .command("heal")
  .description("take back every cut and every slow cable")
  .action(() =>
    alone(() => {
      lab.heal();
      say("healed");
    }),
  );
program
  .command("fill-disk <host>")
  .description("take all that is free of its disk")
  .option("--free", "give it back")
  .action((name: string, options: { free?: boolean }) => alone(() => fill(name, options)));

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
