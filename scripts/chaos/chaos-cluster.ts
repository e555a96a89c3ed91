import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { httpsExchange } from "../../agent/src/client/index";
import { ApiClient, type Exchange } from "../../agent/src/contract/index";
import { run } from "../command";
import { Lab } from "../lab/lab";
import { synthesizeExample } from "../lab/lab-example";
import { projectEnvironment } from "../project-environment";

const terraformWithinMs = 300_000;
const askWithinMs = 5000;
const apiPort = 7440;

export interface Member {
  /** Of the lab: `h1`. */
  readonly host: string;
  /** Of the cluster: `node-1`. */
  readonly node: string;
  readonly address: string;
}

interface Access {
  readonly token: string;
  readonly ca: string;
  readonly voters: readonly string[];
}

/** The example's cluster on a lab, and how to reach its agents. */
export class ChaosCluster {
  readonly lab: Lab;
  readonly #folder: string;
  #access: Access | undefined;
  #exchange: Exchange | undefined;

  /** `folder`: of its own, for the lab and Terraform's state. */
  constructor(folder: string) {
    this.#folder = folder;
    this.lab = new Lab(join(folder, "lab"));
  }

  async up(hosts: number, webInstances: number, signal: AbortSignal): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    await this.lab.up({ hosts, diskMib: 4096, signal });
    await synthesizeExample(this.#folder, this.lab.folder, webInstances);
    for (const args of [["init"], ["apply", "-auto-approve"]])
      await run("terraform", [...args, "-no-color"], {
        cwd: this.#folder,
        env: projectEnvironment(),
        deadlineMs: terraformWithinMs,
        signal,
      });
    this.#access = readAccess(join(this.#folder, "terraform.tfstate"));
    this.#exchange = httpsExchange(this.#access.ca);
  }

  get members(): readonly Member[] {
    return this.lab.hosts.map(({ name, address }) => ({
      host: name,
      node: name.replace(/^h/, "node-"),
      address,
    }));
  }

  /** Hosts of the voters. */
  get voters(): readonly string[] {
    const { voters } = this.access;
    return this.members.filter(({ address }) => voters.includes(address)).map(({ host }) => host);
  }

  get access(): Access {
    if (!this.#access) throw new Error("the cluster is not up");
    return this.#access;
  }

  client(addresses = this.members.map(({ address }) => address)): ApiClient {
    return new ApiClient({
      endpoints: addresses.map((address) => `https://${address}:${apiPort}`),
      token: this.access.token,
      exchange: httpsExchange(this.access.ca),
      timeoutMs: askWithinMs,
    });
  }

  /** One agent, whoever it is: no redirect is followed. @throws Error where it does not answer 200 in time */
  async ask(address: string, path: string): Promise<string> {
    if (!this.#exchange) throw new Error("the cluster is not up");
    const answer = await this.#exchange.send({
      method: "GET",
      url: new URL(`https://${address}:${apiPort}${path}`),
      headers: { authorization: `Bearer ${this.access.token}` },
      body: undefined,
      signal: AbortSignal.timeout(askWithinMs),
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    if (answer.status !== 200) throw new Error(`${address}${path} answers ${answer.status}`);
    return Buffer.concat(chunks).toString("utf8");
  }

  /** The end of every agent's own log. */
  async logs(lines: number): Promise<string> {
    const all = this.lab.hosts.map(async (host) => {
      if (!host.isUp) return `${host.name} is off`;
      const command = `tail -n ${lines} /var/lib/covey/*/*/agent.log`;
      return `${host.name}\n${(await host.exec(["sh", "-c", command])).stdout}`;
    });
    return (await Promise.all(all)).join("\n");
  }

  async down(): Promise<void> {
    this.#exchange?.close();
    await this.lab.down();
  }
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly {
      readonly attributes: {
        readonly token: string;
        readonly ca_certificate: string;
        readonly voters: Readonly<Record<string, string>>;
      };
    }[];
  }[];
}

function readAccess(file: string): Access {
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as State;
  const cluster = resources.find(({ type }) => type === "covey_cluster");
  const attributes = cluster?.instances[0]?.attributes;
  if (!attributes) throw new Error(`${file} has no cluster`);
  const { token, ca_certificate: ca, voters } = attributes;
  return { token, ca, voters: Object.values(voters) };
}
