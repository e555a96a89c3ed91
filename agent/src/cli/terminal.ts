import { readFileSync } from "node:fs";

/** What a command needs of the process it runs in. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Throws what the file system threw. */
  readonly readFile: (path: string) => string;
  readonly exit: (code: number) => never;
}

export const processTerminal: Terminal = {
  env: process.env,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  readFile: (path) => readFileSync(path, "utf8"),
  exit: (code) => process.exit(code),
};
