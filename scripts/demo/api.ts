import { Agent, request } from "node:https";
import type { StatusView, TaskView } from "@covey/agent/contract";
import type { Deployed } from "./example";

const answersWithinMs = 2000;

/** Asks agents over HTTPS, with the cluster's authority and token. */
export class ClusterApi {
  private readonly agent: Agent;

  constructor(private readonly deployed: Deployed) {
    this.agent = new Agent({ ca: deployed.ca, keepAlive: true });
  }

  /** What one agent knows of the cluster. @param api its `https://ADDRESS:PORT` */
  status(api: string): Promise<StatusView> {
    return this.get<StatusView>(`${api}/v1/status`);
  }

  /** Of any agent that answers. */
  async anyStatus(): Promise<StatusView> {
    return Promise.any(this.deployed.api.map((api) => this.status(api)));
  }

  /** All tasks, from the master. */
  async tasks(): Promise<readonly TaskView[]> {
    const { master } = await this.anyStatus();
    if (!master) throw new Error("the cluster has no master right now");
    return this.get<readonly TaskView[]>(`${master.api}/v1/tasks`);
  }

  close(): void {
    this.agent.destroy();
  }

  private get<T>(url: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.deployed.token}` };
    return new Promise((resolve, reject) => {
      const asked = request(
        url,
        { agent: this.agent, headers, timeout: answersWithinMs },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.on("end", () => {
            if (response.statusCode === 200) resolve(JSON.parse(text) as T);
            else reject(new Error(`GET ${url}: ${response.statusCode ?? 0} ${text.slice(0, 200)}`));
          });
          response.on("error", reject);
        },
      );
      asked.on("timeout", () =>
        asked.destroy(new Error(`GET ${url}: no answer within ${answersWithinMs} ms`)),
      );
      asked.on("error", reject);
      asked.end();
    });
  }
}
