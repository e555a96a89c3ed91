import { createHash } from "node:crypto";
import type { Connection } from "./connection";
import { temporaryPrefix } from "./connection";
import type { NodePaths } from "./node-paths";
import { isRuntimeName, runtimePath } from "./node-paths";
import { placeRuntime } from "./runtime";
import type { Runtime } from "./runtime";
import { supervisorScript } from "./supervisor-script";

export interface NodeFiles {
  /** The agent's bundle on the machine the provider runs on. */
  readonly bundle: string;
  /** Its SHA-256 in hex. */
  readonly bundleHash: string;
  /** Text of agent.json; holds secrets. */
  readonly config: string;
  readonly runtime: Runtime;
  /** Told what takes long. */
  readonly info: (message: string) => void;
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
  const program = runtimePath(paths, files.runtime.hash);
  const [config, bundle, script, runtime, mark, present] = await connection.digests([
    paths.config,
    paths.bundle,
    paths.supervisorScript,
    paths.runtime,
    paths.restartMark,
    program,
  ]);
  const changes: (() => Promise<void>)[] = [];
  if (config !== digest(files.config))
    changes.push(() => connection.writeFile(paths.config, files.config, 0o600));
  if (bundle !== files.bundleHash)
    changes.push(() => connection.copyIn(files.bundle, paths.bundle, 0o600));
  if (script !== digest(supervisorScript))
    changes.push(() => connection.writeFile(paths.supervisorScript, supervisorScript, 0o700));
  if (runtime !== digest(program))
    changes.push(() => connection.writeFile(paths.runtime, program, 0o600));
  const place = async (): Promise<void> => {
    if (present !== files.runtime.hash)
      await placeRuntime(connection, program, files.runtime, files.info);
  };
  if (config === undefined) {
    // In an empty directory nothing runs yet, and anything without agent.json would look like another's file.
    await changes.shift()?.();
    await place();
  } else {
    // A program that cannot run here is refused before anything of what does run is touched.
    await place();
    if (changes.length > 0 && mark === undefined)
      await connection.writeFile(paths.restartMark, "", 0o600);
  }
  await Promise.all(changes.map((change) => change()));
  return mark !== undefined || config === undefined || changes.length > 0;
}

/** To be called once the agent has been started with the files as they are: what it was started with before goes. */
export async function restarted(
  connection: Connection,
  paths: NodePaths,
  runtime: Runtime,
): Promise<void> {
  const current = runtimePath(paths, runtime.hash);
  const names = (await connection.list(paths.directory)) ?? [];
  const old = names
    .filter((name) => isRuntimeName(name) || name.startsWith(temporaryPrefix))
    .map((name) => `${paths.directory}/${name}`)
    .filter((path) => path !== current);
  for (const path of old) await connection.remove(path);
  await connection.remove(paths.restartMark);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
