import { createHash } from "node:crypto";
import type { Connection } from "./connection";
import type { NodePaths } from "./node-paths";
import { supervisorScript } from "./supervisor-script";

export interface NodeFiles {
  /** The agent's bundle on the machine the provider runs on. */
  readonly bundle: string;
  /** Its SHA-256 in hex. */
  readonly bundleHash: string;
  /** Text of agent.json; holds secrets. */
  readonly config: string;
  /** Path of the Node program there. */
  readonly runtime: string;
}

/**
 * Puts the node's files in place. The configuration goes first into an empty directory: it says whose the rest is.
 * @returns whether the agent must be started again: something it has read is changed, now or by an earlier attempt
 */
export async function installFiles(
  connection: Connection,
  paths: NodePaths,
  files: NodeFiles,
): Promise<boolean> {
  await connection.makeDirectory(paths.directory, 0o700);
  const changes: (() => Promise<void>)[] = [];
  if ((await connection.digest(paths.config)) !== digest(files.config))
    changes.push(() => connection.writeFile(paths.config, files.config, 0o600));
  if ((await connection.digest(paths.bundle)) !== files.bundleHash)
    changes.push(() => connection.copyIn(files.bundle, paths.bundle, 0o600));
  if ((await connection.digest(paths.supervisorScript)) !== digest(supervisorScript))
    changes.push(() => connection.writeFile(paths.supervisorScript, supervisorScript, 0o700));
  if ((await connection.digest(paths.runtime)) !== digest(files.runtime))
    changes.push(() => connection.writeFile(paths.runtime, files.runtime, 0o600));
  const marked = await needsRestart(connection, paths);
  // In an empty directory nothing runs yet, and a mark without agent.json would look like another's file.
  if (changes.length > 0 && !marked && (await connection.readFile(paths.config)) !== undefined)
    await connection.writeFile(paths.restartMark, "", 0o600);
  for (const change of changes) await change();
  return marked || changes.length > 0;
}

/** An update was interrupted between changing the files and starting the agent with them. */
export async function needsRestart(connection: Connection, paths: NodePaths): Promise<boolean> {
  return (await connection.readFile(paths.restartMark)) !== undefined;
}

/** To be called once the agent has been started with the files as they are. */
export async function restarted(connection: Connection, paths: NodePaths): Promise<void> {
  await connection.remove(paths.restartMark);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
