import type {
  AgentView,
  FrameworkView,
  MasterTerm,
  MasterView,
  MemberView,
  NodeView,
  RoleView,
  ServiceView,
  StatusView,
  TaskView,
  VotersView,
  DryRunView,
  WhyView,
} from "../../src/contract/index";
import type { RoleTerms } from "../../src/model/role";
import type { ServiceSpec } from "../../src/model/service";
import {
  ControlError,
  type AgentControl,
  type Control,
  type MasterControl,
} from "../../src/ports/control";
import type { AgentFigures, Inventory, MasterFigures } from "../../src/ports/figures";
import type { Subscription } from "../../src/ports/frameworks";
import { sampleAgentFigures, sampleInventory, sampleMasterFigures } from "./figures";
import { sampleNode, sampleRole, sampleService, sampleTask, sampleVoters } from "./samples";

/** One cluster in memory behind the port the API comes in by: what was called is in `calls`, what is to fail in `fails`. */
export class FakeControl implements AgentControl, MasterControl {
  readonly calls: string[] = [];
  /** Thrown by the next call that changes or lists something of the cluster. */
  fails: Error | undefined;
  isMaster = true;
  knownMaster: MasterView | undefined;
  statusVoters: StatusView["voters"] = ["n1", "n2", "n3"].map((name) => ({
    name,
    status: "alive",
  }));
  serviceViews: ServiceView[] = [];
  votersView: VotersView = sampleVoters();
  frameworkViews: FrameworkView[] = [];
  roleViews: RoleView[] = [];
  nodeViews: NodeView[] = [sampleNode("n1"), sampleNode("n2")];
  agentFigures: AgentFigures = sampleAgentFigures();
  clusterFigures: MasterFigures = sampleMasterFigures();
  listed: Inventory = sampleInventory();
  taskViews: TaskView[] = [sampleTask("web.1", "web"), sampleTask("api.1", "api")];
  #leave: (options: { readonly stopTasks: boolean }) => void = () => undefined;
  /** Resolves when `leave` was called. */
  readonly left = new Promise<{ readonly stopTasks: boolean }>((resolve) => {
    this.#leave = resolve;
  });

  /** Base URLs by node. */
  readonly apis = new Map<string, string>();

  constructor(readonly node = "n1") {}

  apiOf(node: string): string | undefined {
    return this.apis.get(node);
  }

  control(): Control {
    return { agent: this, master: this.isMaster ? this : undefined };
  }

  status(): StatusView {
    return {
      cluster: "demo",
      datacenter: "dc1",
      node: this.node,
      version: "0.1.0",
      term: 7,
      master: this.knownMaster,
      voters: this.statusVoters,
      members: { alive: 3, suspect: 0, dead: 0, left: 0 },
      consul: undefined,
      docker: undefined,
    };
  }

  agent(): AgentView {
    return {
      node: this.node,
      version: "0.1.0",
      pid: 4242,
      joined: true,
      attached: true,
      unhealthy: undefined,
      tasks: 1,
      configHash: "abc",
    };
  }

  members(): MemberView[] {
    return [
      { name: "n1", address: "127.0.0.1", status: "alive", incarnation: 3, voter: true },
      { name: "n4", address: "127.0.0.4", status: "dead", incarnation: 1, voter: false },
    ];
  }

  figures(): AgentFigures {
    return this.agentFigures;
  }

  master(): { readonly self: boolean; readonly view: MasterView } | undefined {
    return (
      this.knownMaster && { self: this.knownMaster.name === this.node, view: this.knownMaster }
    );
  }

  leave(options: { readonly stopTasks: boolean }): Promise<void> {
    this.#leave(options);
    return Promise.resolve();
  }

  nodes(): NodeView[] {
    this.#enter("nodes");
    return this.nodeViews;
  }

  drain(node: string, deadlineMs: number): Promise<void> {
    return this.#change(`drain ${node} ${deadlineMs}`);
  }

  undrain(node: string): Promise<void> {
    return this.#change(`undrain ${node}`);
  }

  async transfer(to: string | undefined): Promise<MasterTerm> {
    await this.#change(`transfer ${to ?? ""}`);
    return { name: to ?? "n2", term: 8 };
  }

  voters(): VotersView {
    this.#enter("voters");
    return this.votersView;
  }

  async setVoters(names: readonly string[]): Promise<VotersView> {
    await this.#change(`voters ${names.join(" ")}`);
    return { ...this.votersView, wanted: names };
  }

  subscribe(): Promise<Subscription> {
    return Promise.reject(new Error("this fake has no frameworks to subscribe"));
  }

  teardown(frameworkId: string): Promise<void> {
    return this.#change(`teardown ${frameworkId}`);
  }

  frameworks(): FrameworkView[] {
    this.#enter("frameworks");
    return this.frameworkViews;
  }

  roles(): RoleView[] {
    this.#enter("roles");
    return this.roleViews;
  }

  async putRole(role: RoleTerms): Promise<RoleView> {
    await this.#change(`role ${role.name}`);
    const view = sampleRole(role);
    this.roleViews = [...this.roleViews.filter((one) => one.name !== role.name), view];
    return view;
  }

  deleteRole(name: string): Promise<void> {
    return this.#change(`delete role ${name}`);
  }

  forget(node: string): Promise<void> {
    return this.#change(`forget ${node}`);
  }

  tasks(): TaskView[] {
    this.#enter("tasks");
    return this.taskViews;
  }

  masterFigures(): MasterFigures {
    this.#enter("figures");
    return this.clusterFigures;
  }

  inventory(): Inventory {
    this.#enter("inventory");
    return this.listed;
  }

  services(): ServiceView[] {
    this.#enter("services");
    return this.serviceViews;
  }

  async putService(spec: ServiceSpec): Promise<ServiceView> {
    await this.#change(`put ${spec.name}`);
    const view = sampleService(spec);
    this.serviceViews = [...this.serviceViews.filter((one) => one.spec.name !== spec.name), view];
    return view;
  }

  async deleteService(name: string): Promise<void> {
    await this.#change(`delete ${name}`);
    if (!this.serviceViews.some((one) => one.spec.name === name))
      throw new ControlError("not-found", `there is no service '${name}'`);
    this.serviceViews = this.serviceViews.filter((one) => one.spec.name !== name);
  }

  why(service: string): WhyView {
    this.#enter(`why ${service}`);
    return {
      service,
      wanted: 3,
      healthy: 2,
      summary: "2 of 3 instances run: no node takes the next one",
      refusals: [
        { node: "n1", rule: "resources", message: "needs 512 MiB of memory, 128 free" },
        { node: "n2", rule: "draining", message: "is being drained" },
      ],
      failures: [
        { taskId: "web.0", node: "n2", message: "exited with 1", atMs: 1_700_000_000_000 },
      ],
    };
  }

  dryRun(spec: ServiceSpec): DryRunView {
    this.#enter(`dry run ${spec.name}`);
    return {
      service: spec.name,
      wanted: spec.instances,
      placed: 1,
      nodes: { n1: 1 },
      summary: "1 of 3 instances have a place",
      refusals: [{ node: "n2", rule: "resources", message: "needs 512 MiB of memory, 128 free" }],
    };
  }

  #enter(call: string): void {
    this.calls.push(call);
    const error = this.fails;
    this.fails = undefined;
    if (error) throw error;
  }

  #change(call: string): Promise<void> {
    return Promise.resolve().then(() => {
      this.#enter(call);
    });
  }
}
