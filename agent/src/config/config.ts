import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { agentConfigSchema } from "../contract/agent-config";
import type { AgentConfig } from "../contract/agent-config";
import { findSyntaxFault } from "./json-syntax";
import type { ConfigProblem } from "./problems";
import { explainIssues } from "./problems";

const maxFileBytes = 1024 * 1024;

/** All that is wrong with a configuration file, a line each; no secret in it. */
export class ConfigError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    const lines = problems.map(({ field, message }) =>
      field === "" ? message : `${field}: ${message}`,
    );
    super(
      lines.length === 1
        ? `configuration ${file}: ${lines.join("")}`
        : `configuration ${file} has ${lines.length} faults:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    );
    this.name = "ConfigError";
  }
}

export interface LoadedConfig {
  /** With defaults, frozen through and through. */
  readonly config: AgentConfig;
  /** `configHash` of what was read. */
  readonly hash: string;
}

/** Reads, checks and freezes the agent's configuration. Throws ConfigError. */
export function loadConfig(file: string): LoadedConfig {
  const content = readOwn(file);
  const raw = parse(file, content.toString("utf8"));
  const result = agentConfigSchema.safeParse(raw);
  if (!result.success)
    throw new ConfigError(file, explainIssues(agentConfigSchema, raw, result.error.issues));
  return { config: freeze(result.data), hash: configHash(content) };
}

/** SHA-256 of the file's bytes, in hex: tells whether a running agent has the file as it is now. */
export function configHash(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** One opening for looking and reading: what was checked is what is read. */
function readOwn(file: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { mode, size } = fstatSync(descriptor);
    if ((mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(4, "0");
      throw fault(
        file,
        `it holds secrets and others can get at it (mode ${shown}): run  chmod 600 ${file}`,
      );
    }
    if (size > maxFileBytes)
      throw fault(file, `has ${size} bytes, at most ${maxFileBytes} are read`);
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw fault(
      file,
      `cannot be read (${codeOf(error)}): give the path of an agent's configuration file`,
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : error;
  return String(code);
}

function parse(file: string, text: string): unknown {
  const found = findSyntaxFault(text);
  if (found !== undefined)
    throw fault(
      file,
      `is not JSON: line ${found.line}, column ${found.column} should have ${found.expected}`,
    );
  return JSON.parse(text) as unknown;
}

function fault(file: string, message: string): ConfigError {
  return new ConfigError(file, [{ field: "", message }]);
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
