import { limits } from "../../contract/index";
import type { CommandInfo, Environment } from "./messages";
import { clip, TaskRefused } from "./refusal";

export interface TaskCommand {
  /** undefined: the image's. */
  readonly entrypoint: readonly string[] | undefined;
  readonly words: readonly string[] | undefined;
}

/** As Mesos runs a command in a Docker image (src/docker/docker.cpp, `Docker::RunOptions::create`). Throws TaskRefused. */
export function taskCommand({
  shell = true,
  value,
  arguments: words = [],
}: CommandInfo): TaskCommand {
  if (shell) {
    if (value !== undefined) return { entrypoint: ["/bin/sh"], words: ["-c", value] };
    throw new TaskRefused(
      "command.shell is true and command.value is missing: give one, or set shell to false for the image's own command",
    );
  }
  const all = value === undefined ? words : [value, ...words];
  if (all.length > limits.commandWords)
    throw new TaskRefused(`command has more than ${limits.commandWords} arguments`);
  return { entrypoint: undefined, words: all.length === 0 ? undefined : all };
}

/** The command alone, as for a check. Throws TaskRefused. */
export function commandWords(command: CommandInfo): readonly string[] {
  const { entrypoint = [], words = [] } = taskCommand(command);
  if (entrypoint.length + words.length > 0) return [...entrypoint, ...words];
  throw new TaskRefused("a command check must say what is run");
}

/** Throws TaskRefused. Of variables named twice the last one stands, as in a process. */
export function environmentOf(environment: Environment | undefined): Record<string, string> {
  const variables = environment?.variables ?? [];
  if (variables.length > limits.envEntries)
    throw new TaskRefused(`more than ${limits.envEntries} environment variables`);
  return Object.fromEntries(
    variables.map(({ name, value = "", type = "VALUE" }) => {
      if (type === "SECRET")
        throw new TaskRefused(`environment variable '${clip(name)}': there are no secrets`);
      if (!/^[^=\0]+$/.test(name) || value.includes("\0"))
        throw new TaskRefused(`environment variable '${clip(name)}': must have a name without '='`);
      if (Buffer.byteLength(value) > limits.envValueBytes)
        throw new TaskRefused(
          `environment variable '${clip(name)}': its value has more than ${limits.envValueBytes} bytes`,
        );
      return [name, value] as const;
    }),
  );
}
