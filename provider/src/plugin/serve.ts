/** The process: handshake, server, signals, end. The only file of the framework that touches `process`. */
import { randomUUID, X509Certificate } from "node:crypto";
import { Console } from "node:console";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { createCertificate, type Certificate } from "./handshake/certificate";
import {
  HandshakeError,
  handshakeLine,
  readEnvironment,
  reattachVariable,
  type PluginEnvironment,
} from "./handshake/environment";
import type { Provider } from "./lifecycle/definitions";
import { hclog, levelFrom } from "./lifecycle/log";
import { dataFiles, type DataSink } from "./protocol6/data-files";
import { createGrpcServer, type GrpcTls, type UnaryMethod } from "./protocol6/grpc-server";
import { createHandlers } from "./protocol6/provider-server";
import { providerMethods } from "./protocol6/service";

export interface ServeOptions {
  /** Defaults to `process.argv.slice(2)`; understands `--debug`. */
  readonly args?: readonly string[];
}

/** How often the parent is looked for. Terraform killed outright cannot say goodbye. */
const PARENT_CHECK_MS = 2000;

/**
 * Bytes of bytecode a function runs before V8 optimizes it; its own figure is a quarter. Most providers end within seconds, and
 * then the optimizer's threads cost more than they give: a plan of 1000 resources takes a fifth less CPU so.
 */
const OPTIMIZE_LATER = "--interrupt-budget=500000";

/**
 * Serves the provider to the Terraform that started this process, until Terraform ends it. With `--debug` it prints
 * TF_REATTACH_PROVIDERS and serves whoever uses it until interrupted. Resolves when it listens.
 */
export async function serveProvider(provider: Provider, options: ServeOptions = {}): Promise<void> {
  setFlagsFromString(OPTIMIZE_LATER);
  const debug = (options.args ?? process.argv.slice(2)).includes("--debug");
  // Standard output belongs to the handshake: any other line on it makes Terraform give up.
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });
  try {
    const environment = debug ? PLAIN : readEnvironment(process.env);
    await listen(provider, environment, debug);
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

const PLAIN: PluginEnvironment = { clientCertificatePem: undefined, socketDirectory: undefined };

async function listen(
  provider: Provider,
  environment: PluginEnvironment,
  debug: boolean,
): Promise<void> {
  const directory = mkdtempSync(join(environment.socketDirectory ?? tmpdir(), "plugin-"));
  process.once("exit", () => {
    rmSync(directory, { recursive: true, force: true });
  });
  const socketPath = join(directory, "socket");
  const secured = secure(environment.clientCertificatePem);
  const server = createGrpcServer(methods(provider), secured?.tls);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  chmodSync(socketPath, 0o600);
  endWithTerraform(debug);
  const address = provider.definition.address;
  process.stdout.write(
    debug
      ? `${reattachVariable(address, socketPath, process.pid)}\n`
      : handshakeLine(socketPath, secured?.certificate.der),
  );
}

function secure(
  clientCertificatePem: string | undefined,
): { readonly tls: GrpcTls; readonly certificate: Certificate } | undefined {
  if (clientCertificatePem === undefined) return undefined;
  const certificate = createCertificate(new Date());
  const tls = {
    certificatePem: certificate.pem,
    keyPem: certificate.key,
    clientCertificatePem,
    clientCertificateDer: new X509Certificate(clientCertificatePem).raw,
  };
  return { tls, certificate };
}

function methods(provider: Provider): Map<string, UnaryMethod> {
  const { name } = provider.definition;
  const minLevel = levelFrom(process.env, name);
  const checkVariable = `${name.toUpperCase().replaceAll("-", "_")}_PROVIDER_CHECK`;
  const handlers = createHandlers(provider, {
    checkContract: isOn(process.env[checkVariable]),
    showStacks: minLevel === "debug" || minLevel === "trace",
    nowMs: () => performance.now(),
    newRequestId: randomUUID,
    logFor: (fieldsOf) =>
      hclog(
        (line) => process.stderr.write(`${line}\n`),
        { minLevel, now: () => new Date() },
        fieldsOf,
      ),
  });
  const all = providerMethods(handlers, dataSink(process.env["TF_LOG_SDK_PROTO_DATA_DIR"]));
  all.set("/plugin.GRPCController/Shutdown", () => {
    // Answered first: Terraform waits two seconds and kills when the answer is missing.
    setTimeout(() => {
      process.exit(0);
    }, 20);
    return Promise.resolve(new Uint8Array(0));
  });
  return all;
}

function dataSink(directory: string | undefined): DataSink | undefined {
  if (directory === undefined || directory === "") return undefined;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return dataFiles(directory, () => new Date());
}

/**
 * An interrupt reaches the whole process group; Terraform answers it with StopProvider and waits for what is in flight,
 * so dying of it here would orphan the resource being made. When Terraform itself is gone, nobody waits any more.
 */
function endWithTerraform(debug: boolean): void {
  if (debug) {
    process.once("SIGINT", () => process.exit(0));
    process.once("SIGTERM", () => process.exit(0));
    return;
  }
  process.on("SIGINT", () => undefined);
  process.once("SIGTERM", () => process.exit(0));
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MS).unref();
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "off"].includes(value.toLowerCase());
}
