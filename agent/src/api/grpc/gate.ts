import {
  Server,
  ServerCredentials,
  logVerbosity,
  setLogVerbosity,
  status,
  type ServerDuplexStream,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import type { Log } from "../../ports/log";
import type {
  AgentGate,
  AgentGateHandlers,
  AgentMessage,
  MasterMessage,
} from "../../ports/master-link";
import { ArrivedStream } from "./arrived-stream";
import { channelOptions, linkService, maxQueuedMessages, type Received } from "./link-service";

export interface GrpcOptions {
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM; clients must show a certificate of the same CA. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly log: Log;
  readonly maxMessageBytes?: number;
  readonly keepaliveMs?: number;
  /** From a stream's opening to its attach. */
  readonly attachTimeoutMs?: number;
  readonly maxQueued?: number;
}

export interface GrpcServer {
  readonly gate: AgentGate;
  readonly port: number;
  /** Ends all streams, then the server. */
  close(): Promise<void>;
}

/** More agents than one master is built for. */
const maxStreams = 4096;
const defaultAttachTimeoutMs = 5000;
const closeGraceMs = 1000;

/** Listens for agents; refuses all of them until `gate.serve` is given handlers. Throws Error where the address cannot be taken. */
export async function startGrpc(options: GrpcOptions): Promise<GrpcServer> {
  // What it would print on stderr comes to us as errors and statuses, too.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    ...channelOptions(options),
    "grpc.max_concurrent_streams": 16,
  });
  const gate = new Gate(options);
  server.addService(linkService, { Attach: gate.handle as UntypedHandleCall });
  const port = await bind(server, options);
  return { gate, port, close: () => shutDown(server, gate) };
}

class Gate implements AgentGate {
  readonly #streams = new Set<ArrivedStream>();
  #handlers: AgentGateHandlers | undefined;

  constructor(private readonly options: GrpcOptions) {}

  /** Those attached to earlier handlers are sent away: they attach anew, to whoever is master then. */
  serve(handlers: AgentGateHandlers | undefined): void {
    this.#handlers = handlers;
    this.sendAway("this agent is no longer the master of its term");
  }

  sendAway(reason: string): void {
    for (const stream of this.#streams) stream.refuse(status.UNAVAILABLE, reason);
  }

  readonly handle = (call: ServerDuplexStream<Received<AgentMessage>, MasterMessage>): void => {
    const stream = new ArrivedStream(call, {
      handlers: this.#handlers,
      log: this.options.log,
      attachTimeoutMs: this.options.attachTimeoutMs ?? defaultAttachTimeoutMs,
      maxQueued: this.options.maxQueued ?? maxQueuedMessages,
      ended: () => this.#streams.delete(stream),
    });
    if (this.#streams.size >= maxStreams) {
      stream.refuse(status.RESOURCE_EXHAUSTED, `${maxStreams} agents are attached already`);
      return;
    }
    this.#streams.add(stream);
    stream.open();
  };
}

function bind(server: Server, { address, port, tls }: GrpcOptions): Promise<number> {
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  const secure = ServerCredentials.createSsl(Buffer.from(tls.ca), [pair], true);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${address}:${port}`, secure, (cause, bound) => {
      if (cause)
        reject(
          new Error(
            `agents cannot be listened for on ${address}:${port} (${cause.message}): end what holds it, or choose another ports.grpc`,
            { cause },
          ),
        );
      else resolve(bound);
    });
  });
}

function shutDown(server: Server, gate: Gate): Promise<void> {
  gate.serve(undefined);
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      // A connection whose peer vanished keeps tryShutdown waiting beyond this.
      resolve();
    }, closeGraceMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
