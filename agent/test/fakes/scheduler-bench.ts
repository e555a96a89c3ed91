import { createApi, type Api } from "../../src/api/http/api";
import { createSchedulerApi } from "../../src/api/mesos/scheduler-api";
import type { MediaType } from "../../src/api/mesos/codec";
import type { MesosOffer, TaskInfo } from "../../src/api/mesos/messages";
import type { Master } from "../../src/master/master";
import type { Control } from "../../src/ports/control";
import type { Log } from "../../src/ports/log";
import { TestAuthority } from "./certificates";
import { FakeControl } from "./control";
import { MasterBench } from "./master-bench";
import { MesosClient, sparkInfo, type MesosServer } from "./mesos-client";
import { nodeInfo } from "./specs";

const token = "the-token-of-this-bench";
/** Turns of the event loop, each a virtual millisecond, after which what is waited for will not come. */
const patience = 15_000;

/** A real master over agents in memory, behind a real HTTPS server: time is virtual, the network is not. */
export class SchedulerBench {
  readonly cluster = new MasterBench("n1", "n2");
  readonly agent = new FakeControl("n1");
  readonly warnings: string[] = [];
  acting: Master;
  isMaster = true;
  #term = 1;
  readonly #clients: MesosClient[] = [];

  private constructor(
    private readonly address: string,
    private readonly tls: { readonly ca: string; readonly cert: string; readonly key: string },
    private readonly api: (bench: SchedulerBench) => Api,
  ) {
    this.acting = this.cluster.master("n1");
    this.listening = this.api(this);
  }

  private readonly listening: Api;

  static async listen(address: string): Promise<SchedulerBench> {
    const tls = await (await TestAuthority.make()).issue("n1", address);
    const bench = new SchedulerBench(address, tls, (own) =>
      createApi({
        control: () => own.control(),
        token,
        tls,
        log: own.log(),
        scheduler: () =>
          Promise.resolve(createSchedulerApi({ clock: own.cluster.clock, log: own.log() })),
      }),
    );
    await bench.listening.listen(address, 0);
    bench.agent.knownMaster = { name: "n1", address, api: `https://${address}:7440` };
    for (const name of ["n1", "n2"])
      bench.agent.apis.set(name, `https://${nodeInfo(name).address}:7440`);
    bench.acting.start(1);
    bench.cluster.attachAll("n1");
    await bench.cluster.clock.advanceSettled(100);
    return bench;
  }

  get server(): MesosServer {
    return { host: this.address, port: this.listening.port(), ca: this.tls.ca, token };
  }

  control(): Control {
    return { agent: this.agent, master: this.isMaster ? this.acting.control : undefined };
  }

  client(type?: MediaType, authorization?: string): MesosClient {
    const client = new MesosClient(this.server, type, authorization);
    this.#clients.push(client);
    return client;
  }

  /** One that has subscribed and has been offered both nodes. */
  async subscribed(info = sparkInfo, type?: MediaType): Promise<MesosClient> {
    const client = this.client(type);
    const answer = await this.during(client.subscribe(info));
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    await this.until("offers", () => (this.offers(client).length > 0 ? true : undefined));
    return client;
  }

  offers(client: MesosClient): MesosOffer[] {
    return client.of("OFFERS").flatMap(({ offers }) => offers.offers ?? []);
  }

  /** Lets time pass until `look` has an answer. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    for (let turn = 0; turn < patience; turn += 1) {
      const found = look();
      if (found !== undefined) return found;
      await this.cluster.clock.advanceSettled(1);
    }
    throw new Error(`waited in vain for ${what}`);
  }

  /** Lets time pass while `work` goes on. */
  async during<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const done = work.finally(() => (settled = true));
    done.catch(() => undefined);
    await this.until("an answer", () => (settled ? true : undefined));
    return done;
  }

  /** A new term of the same agent; its streams end. */
  changeMaster(): void {
    this.acting.stop("another is the master");
    this.acting = this.cluster.master("n1");
    this.acting.start(++this.#term);
    this.cluster.attachAll("n1");
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    this.acting.stop("the test is over");
    await this.listening.close();
  }

  private log(): Log {
    const log: Log = {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => void this.warnings.push(message),
      error: (message, fields) => void this.warnings.push(`${message} ${JSON.stringify(fields)}`),
      with: () => log,
    };
    return log;
  }
}

/** A task as any Docker framework launches one. */
export function dockerTask(id: string, agent: string, more: Partial<TaskInfo> = {}): TaskInfo {
  return {
    name: id,
    task_id: { value: id },
    agent_id: { value: agent },
    resources: [scalar("cpus", 0.5), scalar("mem", 64)],
    command: { shell: false },
    container: { type: "DOCKER", docker: { image: "web:1" } },
    ...more,
  };
}

export function scalar(name: string, value: number): NonNullable<TaskInfo["resources"]>[number] {
  return { name, type: "SCALAR", scalar: { value } };
}
