import { Agent, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Asked {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

/** One request. Fails where the connection is refused or ends before the answer has. */
export function ask({ host, port, path = "/", headers = {}, agent }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host, port, path, headers, agent: agent ?? false, timeout: 20_000 },
      (answer) => void collect(answer).then(resolve, reject),
    );
    sent.on("error", reject).on("timeout", () => sent.destroy(new Error("no answer in 20 s")));
    sent.end();
  });
}

async function collect(answer: IncomingMessage): Promise<Answer> {
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode ?? 0, text: text.trim(), headers: answer.headers };
}

/** Clients that ask without pause, some on connections they keep, some on a new one each time, until they are told to stop. */
export class Traffic {
  answered = 0;
  slowestMs = 0;
  readonly failures: string[] = [];
  private readonly kept = new Agent({ keepAlive: true });
  private readonly clients: Promise<void>[];
  private going = true;

  constructor(private readonly asked: Asked) {
    const each = [this.kept, this.kept, undefined, undefined];
    this.clients = each.map((agent) => this.client(agent));
  }

  /** How many more have been answered when it resolves is at least `more`. */
  async flows(more: number): Promise<void> {
    const goal = this.answered + more;
    while (this.answered < goal && this.failures.length === 0) await sleep(5);
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.clients);
    this.kept.destroy();
  }

  private async client(agent: Agent | undefined): Promise<void> {
    while (this.going) {
      const startedMs = performance.now();
      try {
        const { status } = await ask({ ...this.asked, ...(agent && { agent }) });
        if (status !== 200) throw new Error(`answered ${status}`);
        this.answered++;
      } catch (error) {
        this.failures.push(`${agent ? "kept" : "new"}: ${String(error)}`);
      }
      this.slowestMs = Math.max(this.slowestMs, performance.now() - startedMs);
      // Time for the other side, which has the same two processors.
      await sleep(2);
    }
  }
}
