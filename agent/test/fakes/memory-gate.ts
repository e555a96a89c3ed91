import type { Clock } from "../../src/ports/clock";
import type {
  AgentConnection,
  AgentGate,
  AgentGateHandlers,
  AgentMessage,
  AgentStream,
  AgentStreamHandlers,
  MasterDialer,
  MasterMessage,
} from "../../src/ports/master-link";

/** The streams between agents and masters without gRPC: ordered, `latencyMs` late, cut when a test says so. */
export class MemoryLinks {
  private readonly gates = new Map<string, MemoryGate>();
  private readonly streams = new Set<MemoryStream>();
  private readonly cut = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly latencyMs = 1,
  ) {}

  /** The door of the agent that listens at this endpoint. */
  gate(node: string, address: string, port: number): AgentGate {
    const gate = new MemoryGate(node, (reason) => {
      for (const stream of this.streams) if (stream.master === node) stream.end(reason);
    });
    this.gates.set(`${address}:${port}`, gate);
    return gate;
  }

  /** How this node reaches masters. Its name is what a certificate would prove. */
  dialer(node: string): MasterDialer {
    return {
      dial: (address, port, handlers) => {
        const gate = this.gates.get(`${address}:${port}`);
        const stream = new MemoryStream(this, node, gate, handlers);
        this.streams.add(stream);
        if (!gate || this.isCut(node, gate.node))
          stream.endLater(`no answer from ${address}:${port}`);
        return stream;
      },
    };
  }

  /** Cuts a node off from all others, or joins it again. Its streams end on both sides. */
  isolate(node: string, isolated: boolean): void {
    if (isolated) this.cut.add(node);
    else this.cut.delete(node);
    for (const stream of [...this.streams])
      if (this.isCut(stream.node, stream.master)) stream.end("connection reset");
  }

  later(run: () => void): void {
    this.clock.after(this.latencyMs, run);
  }

  forget(stream: MemoryStream): void {
    this.streams.delete(stream);
  }

  private isCut(a: string, b: string): boolean {
    return a !== b && (this.cut.has(a) || this.cut.has(b));
  }
}

class MemoryGate implements AgentGate {
  handlers: AgentGateHandlers | undefined;

  constructor(
    readonly node: string,
    private readonly endAll: (reason: string) => void,
  ) {}

  serve(handlers: AgentGateHandlers | undefined): void {
    this.handlers = handlers;
    if (!handlers) this.endAll("not the master");
  }
}

/** Both ends of one stream. Whoever ends it, each side hears of it once, later. */
class MemoryStream implements AgentStream, AgentConnection {
  private open = true;
  /** The handlers this stream came in under: a later master at the same gate never hears of it. */
  private served: AgentGateHandlers | undefined;

  constructor(
    private readonly links: MemoryLinks,
    readonly node: string,
    private readonly gate: MemoryGate | undefined,
    private readonly handlers: AgentStreamHandlers,
  ) {}

  get master(): string {
    return this.gate?.node ?? "";
  }

  send(message: AgentMessage | MasterMessage): void {
    if (!this.open) return;
    if (isFromMaster(message)) this.toAgent(message);
    else this.toMaster(message);
  }

  close(reason = "closed by the agent"): void {
    this.end(reason);
  }

  end(reason: string): void {
    if (!this.open) return;
    this.open = false;
    this.links.forget(this);
    const { served } = this;
    this.links.later(() => {
      this.handlers.closed(reason);
      if (this.gate?.handlers === served) served?.closed(this, reason);
    });
  }

  endLater(reason: string): void {
    this.links.later(() => this.end(reason));
  }

  private toAgent(message: MasterMessage): void {
    this.links.later(() => {
      if (this.open) this.handlers.message(message);
    });
  }

  private toMaster(message: AgentMessage): void {
    this.links.later(() => {
      if (!this.open) return;
      this.served ??= this.gate?.handlers;
      if (this.served) this.served.message(this, message);
      else this.end("not the master");
    });
  }
}

const masterKinds: ReadonlySet<string> = new Set(["attached", "launch", "kill"]);

/** `acknowledge` goes one way only, as do all others: kinds of the two directions do not overlap. */
function isFromMaster(message: AgentMessage | MasterMessage): message is MasterMessage {
  return masterKinds.has(message.kind) || message.kind === "acknowledge";
}
