import { Metadata, status, type ServerDuplexStream } from "@grpc/grpc-js";
import type { Log } from "../../ports/log";
import type {
  AgentConnection,
  AgentGateHandlers,
  AgentMessage,
  MasterMessage,
} from "../../ports/master-link";
import type { Received } from "./link-service";
import { WireError } from "./wire";

export interface ArrivedStreamOptions {
  /** undefined: this agent is not the master. */
  readonly handlers: AgentGateHandlers | undefined;
  readonly log: Log;
  readonly attachTimeoutMs: number;
  readonly maxQueued: number;
  /** Called once. */
  ended(): void;
}

/**
 * One agent's stream at the master's end. INVARIANTS: the handlers hear of it with its attach and not before; then of nothing that does
 * not speak for the node its certificate names; then of its end once, never from within `send` or `close`.
 */
export class ArrivedStream implements AgentConnection {
  readonly node: string;
  #attached = false;
  #ended = false;
  #attachTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: ServerDuplexStream<Received<AgentMessage>, MasterMessage>,
    private readonly options: ArrivedStreamOptions,
  ) {
    this.node = certifiedName(call);
    call.on("error", () => undefined);
    call.on("cancelled", () => this.#end("the agent closed the stream, or vanished"));
    call.on("end", () => this.refuse(status.OK, "the agent closed the stream, or vanished"));
  }

  /** Takes the stream, or refuses it with the reason. */
  open(): void {
    const { handlers, attachTimeoutMs } = this.options;
    if (this.node === "") {
      this.refuse(status.UNAUTHENTICATED, "the agent's certificate names no node (common name)");
      return;
    }
    if (!handlers) {
      this.refuse(status.FAILED_PRECONDITION, "this agent is not the master");
      return;
    }
    this.#attachTimer = setTimeout(() => {
      this.refuse(status.DEADLINE_EXCEEDED, `no attach within ${attachTimeoutMs} ms`);
    }, attachTimeoutMs);
    this.call.sendMetadata(new Metadata());
    this.call.on("data", (received: Received<AgentMessage>) => {
      this.#receive(received, handlers);
    });
  }

  send(message: MasterMessage): void {
    if (this.#ended) return;
    const { maxQueued } = this.options;
    if (this.call.writableLength >= maxQueued) {
      const reason = `the agent does not read: ${maxQueued} messages are waiting for it`;
      this.refuse(status.RESOURCE_EXHAUSTED, reason);
      return;
    }
    this.call.write(message);
  }

  close(reason: string): void {
    this.refuse(status.ABORTED, reason);
  }

  /** Ends the stream; the agent reads `reason`. What was sent before still goes out, where the agent reads. */
  refuse(code: status, reason: string): void {
    if (this.#ended) return;
    if (code === status.OK) this.call.end();
    else this.call.emit("error", { code, details: reason });
    this.#end(reason);
  }

  #receive(received: Received<AgentMessage>, handlers: AgentGateHandlers): void {
    if (this.#ended) return;
    const fault = this.#faultOf(received);
    if (fault !== undefined || received instanceof WireError) {
      const reason = fault ?? "unreadable";
      this.options.log.warn("agent refused", { node: this.node, reason });
      this.refuse(status.PERMISSION_DENIED, reason);
      return;
    }
    clearTimeout(this.#attachTimer);
    this.#attached = true;
    handlers.message(this, received);
  }

  #faultOf(received: Received<AgentMessage>): string | undefined {
    if (received instanceof WireError) return `sent what cannot be read: ${received.message}`;
    if (!this.#attached && received.kind !== "attach")
      return `the first message must be attach, not ${received.kind}`;
    const other = namesIn(received).find((name) => name !== this.node);
    if (other === undefined) return undefined;
    return `speaks for node '${other}', but its certificate is of '${this.node}'`;
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#attachTimer);
    this.options.ended();
    if (this.#attached)
      queueMicrotask(() => {
        this.options.handlers?.closed(this, reason);
      });
  }
}

/** The nodes a message speaks for. */
function namesIn(message: AgentMessage): string[] {
  switch (message.kind) {
    case "attach":
      return [message.node.name, ...message.tasks.map((task) => task.status.node)];
    case "status":
      return [message.status.node];
    case "health":
      return [];
  }
}

/** The CA's word for who this is; '' where the certificate has no single common name. */
function certifiedName(call: ServerDuplexStream<unknown, unknown>): string {
  // Looser than its type: without a certificate it is an empty object.
  const certificate: { readonly subject?: { readonly CN?: unknown } } | undefined =
    call.getAuthContext().sslPeerCertificate;
  const name = certificate?.subject?.CN;
  return typeof name === "string" ? name : "";
}
