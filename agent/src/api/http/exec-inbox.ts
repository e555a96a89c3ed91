import type { RawData, WebSocket } from "ws";
import { refuse } from "./problems";

export interface ExecMessage {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

const firstWithinMs = 10_000;
/** Not dealt with yet; then the client is not read from until they are. */
const waitingMax = 16;

/** What a client sends, one after the other, from the moment of its making. */
export class ExecInbox {
  readonly #waiting: ExecMessage[] = [];
  #wake: () => void = () => undefined;

  constructor(private readonly socket: WebSocket) {
    socket.on("message", (data, isBinary) => {
      this.#waiting.push({ data: whole(data), isBinary });
      if (this.#waiting.length >= waitingMax) socket.pause();
      this.#wake();
    });
    socket.once("close", () => this.#wake());
  }

  /** Throws ProblemError where none comes in time. */
  async first(): Promise<ExecMessage> {
    const timer = setTimeout(() => this.#wake(), firstWithinMs);
    const message = this.#waiting.shift() ?? (await this.#next());
    clearTimeout(timer);
    if (message) return message;
    throw refuse(
      400,
      "bad-request",
      `no message within ${firstWithinMs / 1000} s says what to run`,
    );
  }

  /** Settles when one could not be dealt with: with what was thrown. */
  async each(take: (message: ExecMessage) => Promise<void>): Promise<never> {
    for (;;) {
      const message = this.#waiting.shift() ?? (await this.#next());
      if (message) await take(message);
      else await new Promise<never>(() => undefined);
      if (this.#waiting.length === 0) this.socket.resume();
    }
  }

  /** undefined: the client is gone, or was not heard of for long enough. */
  async #next(): Promise<ExecMessage | undefined> {
    if (this.socket.readyState === this.socket.OPEN)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.#waiting.shift();
  }
}

function whole(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
