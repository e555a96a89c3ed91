import { InvalidArgumentError, type Command } from "commander";
import { agentConfigSchema, ApiClient } from "../contract/index";
import { httpsExchange } from "../client/index";
import type { Terminal } from "./terminal";

/** The command line, the environment or a file named there does not say how to reach an agent. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UsageError";
  }
}

export interface ConnectionOptions {
  readonly config?: string;
  readonly api?: readonly string[];
  readonly tokenFile?: string;
  readonly caFile?: string;
  readonly timeout: number;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .option(
      "--config <file>",
      "an agent's own configuration: address, token and CA are read from it (COVEY_CONFIG)",
    )
    .option(
      "--api <url>",
      "https://ADDRESS:PORT of any agent; may be given again (COVEY_API, with commas)",
      collect,
    )
    .option(
      "--token-file <file>",
      "file with the API token (COVEY_TOKEN_FILE, or the token in COVEY_TOKEN)",
    )
    .option("--ca-file <file>", "file with the cluster's CA certificate, PEM (COVEY_CA_FILE)")
    .option("--timeout <seconds>", "how long one agent may take to answer", seconds, 5);
}

/** Where the cluster is and what opens it. */
export interface Reach {
  readonly endpoints: readonly string[];
  readonly token: string;
  readonly ca: string;
  readonly timeoutMs: number;
}

/** Options first, then the environment; what is said piece by piece goes before what a configuration says. Throws UsageError. */
export function reachOf(options: ConnectionOptions, terminal: Terminal): Reach {
  const config = readConfig(options.config ?? terminal.env["COVEY_CONFIG"], terminal);
  const { endpoints, token, ca } = { ...config, ...givenPieces(options, terminal) };
  return {
    endpoints: endpoints ?? absent("no agent is named", "--api URL", "COVEY_API"),
    token: token ?? absent("there is no API token", "--token-file FILE", "COVEY_TOKEN_FILE"),
    ca: ca ?? absent("there is no CA certificate", "--ca-file FILE", "COVEY_CA_FILE"),
    timeoutMs: options.timeout * 1000,
  };
}

/** Throws UsageError. */
export function connect(options: ConnectionOptions, terminal: Terminal): ApiClient {
  const { ca, ...reach } = reachOf(options, terminal);
  try {
    return new ApiClient({ ...reach, exchange: httpsExchange(ca) });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Only what was given, so that it may lie over a configuration. */
function givenPieces(options: ConnectionOptions, { env, readFile }: Terminal): Partial<Pieces> {
  const endpoints = options.api ?? splitList(env["COVEY_API"]);
  const tokenFile = options.tokenFile ?? env["COVEY_TOKEN_FILE"];
  const token = readPiece(tokenFile, "token", readFile)?.trim() ?? env["COVEY_TOKEN"];
  const ca = readPiece(options.caFile ?? env["COVEY_CA_FILE"], "CA", readFile);
  return {
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(token === undefined ? {} : { token }),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** A commander argument parser: a number of seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0 || value > 3600)
    throw new InvalidArgumentError("It must be a number of seconds between 0 and 3600.");
  return value;
}

interface Pieces {
  readonly endpoints: readonly string[];
  readonly token: string;
  readonly ca: string;
}

function readConfig(file: string | undefined, terminal: Terminal): Pieces | undefined {
  if (file === undefined) return undefined;
  const text = readPiece(file, "configuration", terminal.readFile);
  const result = agentConfigSchema.safeParse(parseJson(text, file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new UsageError(
      `${file} is no agent configuration: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    );
  }
  const { address, ports, token, tls } = result.data;
  return { endpoints: [`https://${address}:${ports.api}`], token, ca: tls.ca };
}

function parseJson(text: string | undefined, file: string): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    // Without the parser's message: it quotes the file, which holds secrets.
    throw new UsageError(`${file} is no agent configuration: it is not JSON`);
  }
}

function readPiece(
  file: string | undefined,
  what: string,
  read: Terminal["readFile"],
): string | undefined {
  if (file === undefined) return undefined;
  try {
    return read(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`the ${what} file '${file}' cannot be read: ${why}`, { cause });
  }
}

function absent(what: string, option: string, variable: string): never {
  throw new UsageError(
    `${what}: give ${option} or ${variable}, or --config FILE (COVEY_CONFIG) with the configuration of an agent on this machine`,
  );
}

function collect(url: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), url];
}

function splitList(text: string | undefined): string[] | undefined {
  const parts = text
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return parts && parts.length > 0 ? parts : undefined;
}
