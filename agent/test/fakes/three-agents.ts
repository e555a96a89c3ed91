import { httpsExchange } from "../../src/client/index";
import { ApiClient } from "../../src/contract/index";
import { createApi, type Api } from "../../src/api/http/api";
import { TestAuthority } from "./certificates";
import { FakeControl } from "./control";
import { sampleTask } from "./samples";
import { ScriptedExec } from "./scripted-exec";
import { ScriptedOutput } from "./scripted-output";
import { silentLog } from "./silent-log";

const names = ["n1", "n2", "n3"] as const;
export type Name = (typeof names)[number];

interface Agent {
  readonly url: string;
  readonly api: Api;
  readonly control: FakeControl;
  readonly output: ScriptedOutput;
  readonly exec: ScriptedExec;
}

/** APIs of three agents on loopback: n1 is the master, n2 has the task `web.1`, n3 is neither. */
export class ThreeAgents {
  readonly token = "the-token-of-this-test";
  readonly #clients: ApiClient[] = [];

  private constructor(
    readonly ca: string,
    private readonly agents: Readonly<Record<Name, Agent>>,
  ) {}

  static async start(): Promise<ThreeAgents> {
    const authority = await TestAuthority.make();
    const made = new ThreeAgents(authority.ca, {} as Record<Name, Agent>);
    for (const [index, name] of names.entries()) {
      const address = `127.77.5.${20 + index}`;
      const control = new FakeControl(name);
      const output = new ScriptedOutput();
      const exec = new ScriptedExec();
      const tls = await authority.issue(name, address);
      const world = { control: () => control.control(), token: made.token, tls, log: silentLog };
      const api = createApi({ ...world, output, exec });
      await api.listen(address, 0);
      const url = `https://${address}:${api.port()}`;
      Object.assign(made.agents, { [name]: { url, api, control, output, exec } });
    }
    made.introduce();
    return made;
  }

  at(name: Name): Agent {
    return this.agents[name];
  }

  client(name: Name): ApiClient {
    const options = { token: this.token, exchange: httpsExchange(this.ca), timeoutMs: 2000 };
    const client = new ApiClient({ ...options, endpoints: [this.at(name).url] });
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all(names.map((name) => this.at(name).api.close()));
  }

  private introduce(): void {
    const master = this.at("n1");
    master.control.taskViews = [{ ...sampleTask("web.1", "web"), node: "n2" }];
    for (const name of names) {
      const { url, control } = this.at(name);
      control.isMaster = name === "n1";
      master.control.apis.set(name, url);
      control.knownMaster = { name: "n1", address: new URL(master.url).hostname, api: master.url };
    }
    this.at("n2").output.said.set("web.1", ["one\n", "two ü\n"]);
    this.at("n2").exec.tasks.add("web.1");
  }
}
