import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { createApi, type Api } from "../../src/api/http/api";
import type { Metrics } from "../../src/ports/metrics";
import { TestAuthority } from "./certificates";
import { FakeControl } from "./control";
import { silentLog } from "./silent-log";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

const token = "the-token-of-this-bench";
const withToken: Record<string, string> = { authorization: `Bearer ${token}` };

/** One agent's API on a real port, over a cluster in memory. */
export class ApiBench {
  readonly fake = new FakeControl();
  private readonly api: Api;

  private constructor(
    private readonly address: string,
    private readonly tls: { readonly ca: string; readonly cert: string; readonly key: string },
    metrics: Metrics,
  ) {
    this.api = createApi({
      control: () => this.fake.control(),
      metrics,
      token,
      tls,
      log: silentLog,
    });
  }

  static async listen(address: string, metrics: Metrics): Promise<ApiBench> {
    const tls = await (await TestAuthority.make()).issue("n1", address);
    const bench = new ApiBench(address, tls, metrics);
    await bench.api.listen(address, 0);
    return bench;
  }

  close(): Promise<void> {
    return this.api.close();
  }

  get(path: string): Promise<Answer> {
    return this.ask("GET", path);
  }

  getWithoutToken(path: string): Promise<Answer> {
    return this.ask("GET", path, {});
  }

  async ask(method: string, path: string, headers = withToken): Promise<Answer> {
    const { address: host, tls } = this;
    const options = { host, port: this.api.port(), ca: tls.ca, method, path, headers };
    const sent = httpsRequest({ ...options, agent: false }).end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    return { status: answer.statusCode ?? 0, headers: answer.headers, text };
  }
}
