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

const latencyMs = 1;
/** As the real link: a silent peer is given up after an interval and a timeout of 2 s each. */
const keepaliveMs = 4000;
const connectTimeoutMs = 3000;

/** How one node's packets fare on their way to another. */
export type Reach = "open" | "lost" | "no-machine";

/** One end's process: its streams die with it. */
export interface LinkEnd {
  readonly node: string;
  readonly lives: boolean;
  /** When the process gets round to it; never where it is dead. */
  run(work: () => void): void;
}

/**
 * Streams between agents and masters as TCP with keepalive carries them: ordered; behind a cut they are late, and
 * given up by both sides, each for itself, when the cut outlasts the keepalive. A killed process resets its
 * streams, a machine without power does not.
 */
export class ClusterLinks {
  /** Told of each command as it arrives, before the agent sees it. */
  onDelivery: ((node: string, message: MasterMessage) => void) | undefined;
  private readonly gates = new Map<string, Gate>();
  private readonly streams = new Set<Stream>();

  constructor(
    readonly clock: Clock,
    readonly reach: (a: string, b: string) => Reach,
  ) {}

  gate(end: LinkEnd, address: string): AgentGate {
    const gate: Gate = { end, handlers: undefined };
    this.gates.set(address, gate);
    return {
      serve: (handlers) => {
        gate.handlers = handlers;
        if (handlers) return;
        for (const stream of [...this.streams])
          if (stream.gate === gate) stream.close("master", "not the master");
      },
    };
  }

  dialer(end: LinkEnd): MasterDialer {
    return {
      dial: (address, _port, handlers): AgentStream => {
        const stream = new Stream(this, end, this.gates.get(address), handlers);
        this.streams.add(stream);
        stream.connect();
        return {
          send: (message) => stream.send("agent", message),
          close: () => stream.close("agent", "closed by the agent"),
        };
      },
    };
  }

  /** The process is dead (already): what it had open is reset, where anybody can be told. */
  died(end: LinkEnd): void {
    for (const stream of [...this.streams]) stream.endDied(end);
  }

  /** Cuts were made, or healed. */
  changed(): void {
    for (const stream of [...this.streams]) stream.roadChanged();
  }

  forget(stream: Stream): void {
    this.streams.delete(stream);
  }
}

interface Gate {
  readonly end: LinkEnd;
  handlers: AgentGateHandlers | undefined;
}

type Side = "agent" | "master";

class Stream {
  private readonly open = { agent: true, master: true };
  private readonly held: (() => void)[] = [];
  private blockedSince = 0;
  private blocked = false;
  private served: AgentGateHandlers | undefined;
  private readonly connection: AgentConnection;

  constructor(
    private readonly links: ClusterLinks,
    private readonly agent: LinkEnd,
    readonly gate: Gate | undefined,
    private readonly handlers: AgentStreamHandlers,
  ) {
    this.connection = {
      node: agent.node,
      send: (message) => this.send("master", message),
      close: (reason) => this.close("master", reason),
    };
  }

  connect(): void {
    const { gate } = this;
    const reach = gate ? this.links.reach(this.agent.node, gate.end.node) : "no-machine";
    if (gate?.end.lives && reach === "open") return;
    const waitMs = reach === "open" ? latencyMs : connectTimeoutMs;
    this.open.master = false;
    this.links.clock.after(waitMs, () => this.hear("agent", "no answer"));
  }

  send(from: Side, message: AgentMessage | MasterMessage): void {
    if (!this.open[from] || !this.lives(from)) return;
    this.carry(() => this.deliver(from, message));
  }

  /** This side is done at once; the other hears of it behind all that was sent before. */
  close(by: Side, reason: string): void {
    if (!this.open[by] || !this.lives(by)) return;
    const other = by === "agent" ? "master" : "agent";
    this.links.clock.after(0, () => this.hear(by, reason));
    this.carry(() => this.hear(other, reason));
  }

  endDied(end: LinkEnd): void {
    const side = end === this.agent ? "agent" : end === this.gate?.end ? "master" : undefined;
    if (!side) return;
    this.open[side] = false;
    if (this.links.reach(end.node, end.node) === "open")
      this.carry(() => this.hear(side === "agent" ? "master" : "agent", "connection reset"));
    else this.roadChanged();
    if (this.isOver()) this.links.forget(this);
  }

  roadChanged(): void {
    if (!this.gate) return;
    const open = this.links.reach(this.agent.node, this.gate.end.node) === "open";
    if (open && this.blocked) {
      this.blocked = false;
      const held = this.held.splice(0);
      this.links.clock.after(latencyMs, () => {
        for (const run of held) run();
      });
    }
    if (!open && !this.blocked) this.block();
  }

  private block(): void {
    this.blocked = true;
    const since = ++this.blockedSince;
    this.links.clock.after(keepaliveMs, () => {
      if (!this.blocked || this.blockedSince !== since) return;
      this.hear("agent", "keepalive: no answer");
      this.hear("master", "keepalive: no answer");
    });
  }

  private carry(run: () => void): void {
    this.links.clock.after(latencyMs, () => {
      if (this.blocked) this.held.push(run);
      else run();
    });
  }

  private deliver(from: Side, message: AgentMessage | MasterMessage): void {
    if (from === "master") {
      if (isFromMaster(message)) this.agent.run(() => this.toAgent(message));
    } else if (!isFromMaster(message)) this.gate?.end.run(() => this.toMaster(message));
  }

  private toAgent(message: MasterMessage): void {
    if (!this.open.agent) return;
    this.links.onDelivery?.(this.agent.node, message);
    this.handlers.message(message);
  }

  private toMaster(message: AgentMessage): void {
    if (!this.open.master) return;
    this.served ??= this.gate?.handlers;
    if (!this.served) this.close("master", "not the master");
    else this.served.message(this.connection, message);
  }

  /** Once for each side. */
  private hear(side: Side, reason: string): void {
    if (!this.open[side]) return;
    this.open[side] = false;
    if (this.isOver()) this.links.forget(this);
    if (side === "agent") this.agent.run(() => this.handlers.closed(reason));
    else
      this.gate?.end.run(() => {
        if (this.served && this.gate?.handlers === this.served)
          this.served.closed(this.connection, reason);
      });
  }

  private lives(side: Side): boolean {
    return side === "agent" ? this.agent.lives : this.gate?.end.lives === true;
  }

  private isOver(): boolean {
    return !this.open.agent && !this.open.master;
  }
}

function isFromMaster(message: AgentMessage | MasterMessage): message is MasterMessage {
  return message.kind !== "attach" && message.kind !== "status" && message.kind !== "health";
}
