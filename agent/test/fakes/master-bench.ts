import { createHash } from "node:crypto";
import { servicesFramework } from "../../src/frameworks/services/services";
import { Master } from "../../src/master/master";
import type { ElectorateDoor } from "../../src/master/voter-changes";
import type { DesiredState } from "../../src/model/desired-state";
import { emptyDesiredState } from "../../src/model/desired-state";
import type { Member, MemberStatus } from "../../src/model/member";
import type { TaskRecord } from "../../src/model/task";
import type { AgentMessage, AgentStream, MasterMessage } from "../../src/ports/master-link";
import { MemoryCatalog } from "./memory-catalog";
import { MemoryLinks } from "./memory-gate";
import { MemoryStore } from "./memory-store";
import { SeededRandom } from "./seeded-random";
import { silentLog } from "./silent-log";
import { member, nodeInfo, taskStatus } from "./specs";
import { VirtualClock } from "./virtual-clock";

/** An agent that does as it is told at once: every launch runs and is healthy, every kill works. */
export class ObedientAgent {
  readonly tasks = new Map<string, TaskRecord>();
  readonly heard: MasterMessage[] = [];
  closed: string | undefined;
  private stream: AgentStream | undefined;

  constructor(
    private readonly links: MemoryLinks,
    readonly name: string,
  ) {}

  attach(address: string): void {
    this.closed = undefined;
    const stream = this.links.dialer(this.name).dial(address, 7441, {
      message: (message) => this.obey(message),
      closed: (reason) => (this.closed = reason),
    });
    this.stream = stream;
    stream.send({ kind: "attach", node: nodeInfo(this.name), tasks: [...this.tasks.values()] });
  }

  say(message: AgentMessage): void {
    this.stream?.send(message);
  }

  private obey(message: MasterMessage): void {
    this.heard.push(message);
    if (message.kind === "launch") {
      const { spec } = message;
      const status = taskStatus(spec.id, this.name, "TASK_RUNNING", {
        uuid: uuidOf(spec.id, 1),
      });
      this.tasks.set(spec.id, { spec, status });
      this.say({ kind: "status", spec, status });
    }
    const task = message.kind === "kill" ? this.tasks.get(message.taskId) : undefined;
    if (!task) return;
    this.tasks.delete(task.spec.id);
    const uuid = uuidOf(task.spec.id, 2);
    const status = taskStatus(task.spec.id, this.name, "TASK_KILLED", {
      uuid,
      reason: "killed-by-framework",
    });
    this.say({ kind: "status", spec: task.spec, status });
  }
}

/** 16 bytes, as agents give to each status. */
function uuidOf(task: string, status: number): string {
  return createHash("md5").update(`${task} ${status}`).digest("hex");
}

/** Masters of a cluster in memory, its store, its agents. */
export class MasterBench {
  readonly clock = new VirtualClock();
  readonly links = new MemoryLinks(this.clock);
  readonly store = new MemoryStore(this.clock);
  readonly catalog = new MemoryCatalog({ clock: this.clock, node: "n1" });
  readonly agents = new Map<string, ObedientAgent>();
  readonly members = new Map<string, Member>();
  readonly deposed: string[] = [];
  readonly swept: string[] = [];
  copy: DesiredState = emptyDesiredState;
  mayAct = true;
  readonly electorate: ElectorateDoor;

  constructor(...nodes: string[]) {
    this.electorate = {
      current: () => ({ term: 0, version: 0, voters: nodes }),
      acknowledged: () => undefined,
      propose: () => "nothing changes here",
      prepare: () => undefined,
    };
    for (const name of nodes) {
      this.members.set(name, member(name));
      this.agents.set(name, new ObedientAgent(this.links, name));
    }
    const removeNode = this.catalog.removeNode.bind(this.catalog);
    this.catalog.removeNode = (node) => {
      this.swept.push(node);
      return removeNode(node);
    };
  }

  master(self: string): Master {
    const { address } = nodeInfo(self);
    return new Master({
      clock: this.clock,
      random: new SeededRandom(self),
      log: silentLog,
      store: this.store,
      catalog: this.catalog,
      gate: this.links.gate(self, address, 7441),
      self,
      frameworks: [servicesFramework],
      lastDesired: () => this.copy,
      members: () => [...this.members.values()],
      mayAct: () => this.mayAct,
      electorate: this.electorate,
      handOver: (to) => Promise.resolve({ name: to, term: 2 }),
      onDeposed: (term, reason) => this.deposed.push(`${self} ${term} ${reason}`),
    });
  }

  attachAll(self: string): void {
    for (const agent of this.agents.values()) agent.attach(nodeInfo(self).address);
  }

  turn(master: Master, name: string, status: MemberStatus): void {
    this.members.set(name, member(name, status));
    master.memberChanged(member(name, status));
  }

  tasks(): string[] {
    return [...this.agents.values()].flatMap((agent) => [...agent.tasks.keys()]).sort();
  }

  agent(name: string): ObedientAgent {
    const agent = this.agents.get(name);
    if (!agent) throw new Error(`no agent ${name}`);
    return agent;
  }

  async settled<T>(work: Promise<T>, ms = 100): Promise<T> {
    const caught = work.catch((error: unknown) => error);
    await this.clock.advanceSettled(ms);
    const result = await Promise.race([caught, Promise.resolve("pending")]);
    if (result === "pending") throw new Error(`not settled within ${ms} ms`);
    return work;
  }
}
