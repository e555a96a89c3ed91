import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface LabHostState {
  readonly name: string;
  /** sshd listens on its port 22. */
  readonly address: string;
  /** The server's public key, as `ssh.host_key` takes it. */
  readonly hostKey: string;
}

/** What others need to know of a lab that is up: written to `lab.json`, read by programs that deploy onto it. */
export interface LabState {
  /** The first three numbers of its addresses. */
  readonly network: string;
  /** The private key that root of every host lets in. */
  readonly keyFile: string;
  /** What the hosts' engines pull from; stands before the name of an image: `registry.lab:5000/web:1`. */
  readonly registry: string;
  readonly hosts: readonly LabHostState[];
}

export function stateFile(folder: string): string {
  return join(folder, "lab.json");
}

/** Whole or not at all: a reader never sees half of it. */
export function writeState(folder: string, state: LabState): void {
  const file = stateFile(folder);
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** undefined: there is no lab. @throws Error naming the file where it cannot be read */
export function readState(folder: string): LabState | undefined {
  const file = stateFile(folder);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LabState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} cannot be read as a lab's state: \`npm run lab -- down\` removes it`, {
      cause: error,
    });
  }
}
