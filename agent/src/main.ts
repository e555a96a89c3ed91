/**
 * The `covey` program. `covey agent` is the agent itself, all else talks to one; each half is loaded only when asked
 * for, so that a command starts fast and an agent stays small.
 */
import { Command } from "commander";
import { version } from "./version";

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("covey")
    .description("A set of Linux machines as one computer")
    .version(version);
  program
    .command("agent")
    .description("run this machine's agent")
    .requiredOption(
      "--config <file>",
      "the agent's configuration (JSON, readable by its owner only)",
    )
    .action(async (options: { config: string }) => {
      const { runAgent } = await import("./agent.js");
      await runAgent(options.config);
    });
  const { registerCommands } = await import("./cli/commands.js");
  registerCommands(program);
  await program.parseAsync(argv);
}

main(process.argv).catch((error: unknown) => {
  process.stderr.write(`covey: ${error instanceof Error ? error.message : String(error)}\n`);
  // Not exitCode: an agent that failed half-way has sockets open that would keep it alive.
  process.exit(1);
});
