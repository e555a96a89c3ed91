import type { MasterRecord } from "../model/member";
import type { NodeInfo } from "../model/node-info";
import type { Clock, Timer } from "../ports/clock";
import type { Log } from "../ports/log";
import type { AgentMessage, AgentStream, MasterDialer, MasterMessage } from "../ports/master-link";
import type { TaskRecord } from "../model/task";

const firstRetryMs = 100;
const longestRetryMs = 2000;

export interface AttachmentSource {
  info(): NodeInfo;
  tasks(): TaskRecord[];
  obey(message: MasterMessage): void;
}

/** This agent's link to the current master: follows whoever gossip names, and dials again when the stream ends. */
export class Attachment {
  private master: MasterRecord | undefined;
  private stream: AgentStream | undefined;
  private retry: Timer | undefined;
  private retryMs = firstRetryMs;
  private attachedTerm: number | undefined;
  private followed = 0;
  private started = false;
  private stopped = false;

  constructor(
    private readonly world: { clock: Clock; dialer: MasterDialer; log: Log },
    private readonly source: AttachmentSource,
  ) {}

  get attached(): boolean {
    return this.attachedTerm !== undefined;
  }

  /** How many masters it has followed, one after the other; the same one in another term is another. */
  get mastersFollowed(): number {
    return this.followed;
  }

  /**
   * Once the node's tasks are known: the master takes the list in `attach` for complete, and counts as lost what is
   * not in it.
   */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.dial();
  }

  /** Remembered before `start`, dialled after it. */
  follow(master: MasterRecord): void {
    if (this.stopped || (this.master && master.term < this.master.term)) return;
    const same = this.master?.term === master.term && this.master.name === master.name;
    if (!same && master.name !== undefined) this.followed++;
    this.master = master;
    if (same && this.stream) return;
    this.retryMs = firstRetryMs;
    this.dial();
  }

  stop(): void {
    this.stopped = true;
    this.hangUp();
  }

  /** Dropped while not attached: `attach` carries everything there is to know. */
  send(message: AgentMessage): void {
    if (this.attached) this.stream?.send(message);
  }

  private hangUp(): void {
    this.retry?.cancel();
    this.retry = undefined;
    const stream = this.stream;
    this.stream = undefined;
    this.attachedTerm = undefined;
    stream?.close();
  }

  private dial(): void {
    this.hangUp();
    const master = this.master;
    if (!this.started || this.stopped || master?.name === undefined) return;
    const stream = this.world.dialer.dial(master.address, master.grpcPort, {
      message: (message) => {
        if (this.stream === stream) this.receive(message);
      },
      closed: (reason) => {
        if (this.stream === stream) this.lost(reason);
      },
    });
    this.stream = stream;
    stream.send({ kind: "attach", node: this.source.info(), tasks: this.source.tasks() });
  }

  private receive(message: MasterMessage): void {
    if (message.kind === "attached") {
      this.attachedTerm = message.term;
      this.retryMs = firstRetryMs;
      this.world.log.info("attached to the master", {
        master: this.master?.name,
        term: message.term,
      });
    }
    this.source.obey(message);
  }

  private lost(reason: string): void {
    const log = this.attached ? "warn" : "debug";
    this.world.log[log]("stream to the master ended", { master: this.master?.name, reason });
    this.stream = undefined;
    this.attachedTerm = undefined;
    this.retry = this.world.clock.after(this.retryMs, () => this.dial());
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }
}
