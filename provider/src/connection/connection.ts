import type { Engine } from "./engine";

/** A file that was being written when the provider died bears such a name. */
export const temporaryPrefix = ".covey-new-";

/**
 * How a machine is reached: this one (`local`), over SSH or through a Docker engine. It moves bytes and starts programs;
 * what a node needs is decided in the install steps, which know no machine. Paths are absolute and on the machine. Every
 * method throws InstallError where the machine refuses. Several files are asked for at once where each question is a round
 * trip to the machine.
 */
export interface Connection {
  /** For messages: `this machine`, `ssh root@10.0.0.5`. */
  readonly description: string;
  /** Made with its parents; one that is there gets the mode. */
  makeDirectory(path: string, mode: number): Promise<void>;
  /** Names in it; undefined: no such directory. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** All or nothing: a reader sees the old text or the new. */
  writeFile(path: string, content: string | Buffer, mode: number): Promise<void>;
  /** From the machine the provider runs on; all or nothing. */
  copyIn(localPath: string, path: string, mode: number): Promise<void>;
  /** The same of a program, mode 0755; may share the bytes with the original, so neither is ever written in place. */
  placeProgram(localPath: string, path: string): Promise<void>;
  /** undefined: no such file. */
  readFile(path: string): Promise<string | undefined>;
  /** In the order asked for. */
  readFiles(paths: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** The last `bytes` of it at most; undefined: no such file. */
  readTail(path: string, bytes: number): Promise<string | undefined>;
  /** SHA-256 in hex; undefined: no such file. */
  digest(path: string): Promise<string | undefined>;
  /** In the order asked for. */
  digests(paths: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** A program that may be run? */
  isExecutable(path: string): Promise<boolean>;
  /** The first of that name on the machine's PATH. */
  findProgram(name: string): Promise<string | undefined>;
  /** File or directory with all in it; what is gone is no error. */
  remove(path: string): Promise<void>;
  /** A directory with nothing in it. False: it stays, because there is something in it or it may not be removed. */
  removeEmpty(path: string): Promise<boolean>;
  /** Runs a program to its end, with nothing on its standard input; resolves with any exit code. */
  run(command: string, args: readonly string[], deadlineMs?: number): Promise<CommandResult>;
  /** Runs on in a session of its own, whatever becomes of the provider; returns once it has begun. */
  spawnDetached(command: string, args: readonly string[], directory: string): Promise<void>;
  /** The processes with this text somewhere in their command line. */
  findByCommandLine(text: string): Promise<readonly FoundProcess[]>;
  /** To the process; false: there is none of that number. */
  signal(pid: number, signal: "TERM" | "KILL"): Promise<boolean>;
  /** The machine's IPv4 addresses with their prefixes, by interface. */
  addresses(): Promise<readonly InterfaceAddress[]>;
  /** Why the port cannot be listened on; undefined: it can. */
  whyPortTaken(address: string, port: number, protocol: "tcp" | "udp"): Promise<string | undefined>;
  /** `XDG_CACHE_HOME` or `~/.cache`, of the user programs run as. */
  cacheDirectory(): Promise<string>;
  platform(): Promise<Platform>;
  /** The Docker engine behind a socket of the machine. */
  engine(socket: string): Engine;
}

export interface InterfaceAddress {
  readonly interface: string;
  readonly address: string;
  readonly prefix: number;
}

export interface CommandResult {
  /** 127 where there is no such program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FoundProcess {
  readonly pid: number;
  readonly words: readonly string[];
}

/** In Node.js' words: `linux`, `x64`. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}
