/** The agents' link to the master, both ends: mTLS, one bidirectional stream an agent. Decides nothing, knows no kernel. */
import { checkServerIdentity } from "node:tls";
import {
  Client,
  credentials,
  status,
  type ChannelCredentials,
  type ClientDuplexStream,
  type StatusObject,
} from "@grpc/grpc-js";
import type { Log } from "../../ports/log";
import type {
  AgentMessage,
  AgentStream,
  AgentStreamHandlers,
  MasterDialer,
  MasterMessage,
} from "../../ports/master-link";
import { attachMethod, channelOptions, maxQueuedMessages, type Received } from "./link-service";
import { WireError } from "./wire";

export interface DialerOptions {
  /** PEM; the certificate's common name is the node's name. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly log: Log;
  readonly maxMessageBytes?: number;
  readonly keepaliveMs?: number;
  /** From dialling to the master's first sign of life. */
  readonly connectTimeoutMs?: number;
  readonly maxQueued?: number;
}

const defaultConnectTimeoutMs = 3000;

/** Each dial is one connection of its own, which ends with its stream. */
export function createMasterDialer(options: DialerOptions): MasterDialer {
  return {
    dial: (address, port, handlers) => {
      const client = new Client(`${address}:${port}`, trust(options, address), {
        ...channelOptions(options),
        "grpc.use_local_subchannel_pool": 1,
        "grpc.enable_retries": 0,
        "grpc.ssl_target_name_override": serverName,
      });
      return new DialledStream(client, `${address}:${port}`, handlers, options);
    },
  };
}

/** What the TLS handshake calls the server (SNI), since an address is no name there (RFC 6066); nothing is decided by it. */
const serverName = "master.covey";

/** The server must show a certificate of the cluster's CA that names the address we dialled. */
function trust({ tls }: DialerOptions, address: string): ChannelCredentials {
  return credentials.createSsl(Buffer.from(tls.ca), Buffer.from(tls.key), Buffer.from(tls.cert), {
    checkServerIdentity: (_name, certificate) => checkServerIdentity(address, certificate),
  });
}

/** `closed` is called once, never from within `send` or `close`. */
class DialledStream implements AgentStream {
  readonly #call: ClientDuplexStream<AgentMessage, Received<MasterMessage>>;
  readonly #connectTimer: NodeJS.Timeout;
  readonly #maxQueued: number;
  #ended = false;

  constructor(
    private readonly client: Client,
    private readonly target: string,
    private readonly handlers: AgentStreamHandlers,
    options: DialerOptions,
  ) {
    this.#maxQueued = options.maxQueued ?? maxQueuedMessages;
    const { path, requestSerialize, responseDeserialize } = attachMethod;
    this.#call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const timeoutMs = options.connectTimeoutMs ?? defaultConnectTimeoutMs;
    this.#connectTimer = setTimeout(() => {
      this.#end(`the master at ${target} did not answer within ${timeoutMs} ms`);
    }, timeoutMs);
    // The master's end sends its metadata as soon as it takes the stream.
    this.#call.on("metadata", () => clearTimeout(this.#connectTimer));
    this.#call.on("data", (received: Received<MasterMessage>) =>
      this.#receive(received, options.log),
    );
    // Every end, good or bad, has a status; `error` only repeats it.
    this.#call.on("error", () => undefined);
    this.#call.on("status", (given: StatusObject) => this.#end(this.#explain(given)));
  }

  send(message: AgentMessage): void {
    if (this.#ended) return;
    if (this.#call.writableLength >= this.#maxQueued) {
      this.#end(
        `the master at ${this.target} does not read: ${this.#maxQueued} messages are waiting for it`,
      );
      return;
    }
    this.#call.write(message);
  }

  close(): void {
    this.#end("closed by this agent");
  }

  #receive(received: Received<MasterMessage>, log: Log): void {
    if (this.#ended) return;
    if (received instanceof WireError) {
      log.error("unreadable message from the master", {
        from: this.target,
        error: received.message,
      });
      this.#end(`the master at ${this.target} sent what cannot be read: ${received.message}`);
      return;
    }
    this.handlers.message(received);
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#connectTimer);
    this.#call.cancel();
    this.client.close();
    queueMicrotask(() => {
      this.handlers.closed(reason);
    });
  }

  #explain({ code, details }: StatusObject): string {
    const words = statusWords.get(code);
    return `${this.target} ${words === undefined ? "ended the stream" : words}: ${details}`;
  }
}

const statusWords: ReadonlyMap<status, string> = new Map([
  [status.UNAVAILABLE, "cannot be reached, or ended"],
  [status.FAILED_PRECONDITION, "does not take agents"],
  [status.PERMISSION_DENIED, "refused this agent"],
  [status.UNAUTHENTICATED, "refused this agent"],
  [status.RESOURCE_EXHAUSTED, "or this agent reached a limit"],
]);
