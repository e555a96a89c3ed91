import type { MasterTerm, NodeView } from "../contract/index";
import type { DesiredState } from "../model/desired-state";
import type { Member } from "../model/member";
import type { AdmittedNode } from "../model/node-info";
import type { Catalog } from "../ports/catalog";
import type { Clock } from "../ports/clock";
import type { MasterControl, ServicesControl } from "../ports/control";
import { ControlError } from "../ports/control";
import type { MasterFigures } from "../ports/figures";
import type { FrameworkFactory } from "../ports/framework";
import type { Log } from "../ports/log";
import type { AgentGate } from "../ports/master-link";
import type { Random } from "../ports/random";
import type { Store } from "../ports/store";
import { masterFigures } from "./figures";
import { inventoryOf } from "./inventory";
import { deleteRole, putRole, readRoles } from "./role-changes";
import { chooseSuccessor } from "./successor";
import { Term } from "./term";
import { fitnessOf, nodeViews, taskViews } from "./views";
import { type ElectorateDoor, VoterChanges } from "./voter-changes";

export interface MasterDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly gate: AgentGate;
  /** This node's name. */
  readonly self: string;
  readonly frameworks: readonly FrameworkFactory[];
  readonly electorate: ElectorateDoor;
  /** This voter's own copy: acted on, with reserve, while the store cannot be asked. */
  lastDesired(): DesiredState;
  members(): readonly Member[];
  /** Whether the lease holds at this very moment. */
  mayAct(): boolean;
  /** Resolves when `to` has taken office; throws ControlError where it has not in time. */
  handOver(to: string): Promise<MasterTerm>;
  /** The term is over though the election does not know it: a higher one has the store, or a bug showed. Already stopped. */
  onDeposed(term: number, reason: string): void;
}

/** The agent's readiness to be master: idle until `start`, then one `Term` at a time. */
export class Master {
  readonly control: MasterControl;
  private current: Term | undefined;
  private changes: VoterChanges | undefined;

  constructor(private readonly deps: MasterDependencies) {
    this.control = this.makeControl();
  }

  get acting(): boolean {
    return this.current !== undefined;
  }

  /** A term is never started twice; a running one is stopped first. */
  start(term: number): void {
    this.stop(`term ${term} begins`);
    const current = new Term(term, this.deps, (higher, reason) => {
      if (this.current !== current) return;
      this.stop(reason);
      this.deps.onDeposed(higher, reason);
    });
    this.current = current;
    current.start();
    if (this.current !== current) return;
    this.changes = this.voterChanges(current);
    this.changes.start();
    this.deps.gate.serve({
      message: (connection, message) => current.agentSaid(connection, message),
      closed: (connection, reason) => current.agentGone(connection, reason),
    });
  }

  stop(reason: string): void {
    const { current } = this;
    if (!current) return;
    this.current = undefined;
    this.changes?.stop();
    this.changes = undefined;
    this.deps.gate.serve(undefined);
    current.stop(reason);
  }

  /** The lease had lapsed, and holds again. */
  resume(): void {
    this.current?.resume();
  }

  memberChanged(member: Member): void {
    this.current?.memberChanged(member);
  }

  private makeControl(): MasterControl {
    return {
      nodes: () => this.nodes(),
      drain: (node, deadlineMs) => this.drain(node, deadlineMs),
      undrain: (node) => this.undrain(node),
      forget: (node) => this.forget(node),
      transfer: async (to) => this.deps.handOver(chooseSuccessor(this.nodes(), this.deps.self, to)),
      voters: () => this.changing().view(),
      setVoters: async (names) => this.changing().want(names),
      tasks: () => taskViews(this.recovered().kernel),
      masterFigures: () => this.figures(),
      inventory: () => inventoryOf(this.recovered(), this.nodes()),
      services: () => this.services().services(),
      putService: async (spec) => this.services().putService(spec),
      deleteService: async (name) => this.services().deleteService(name),
      why: (service) => this.services().why(service),
      dryRun: (spec) => {
        this.recovered();
        return this.services().dryRun(spec);
      },
      subscribe: async (request, listener) => this.acted().schedulers.subscribe(request, listener),
      teardown: async (id) => this.acted().schedulers.teardown(id),
      frameworks: () => this.acted().schedulers.views(),
      roles: () => readRoles(this.acted()),
      putRole: async (role) => putRole(this.acted(), role),
      deleteRole: async (name) => deleteRole(this.acted(), name),
    };
  }

  private figures(): MasterFigures {
    const { kernel, writer, begun } = this.acted();
    const uptimeMs = this.deps.clock.nowMs() - begun.nowMs;
    const store = writer.figures();
    return masterFigures({ kernel, members: this.deps.members(), uptimeMs, store });
  }

  private nodes(): NodeView[] {
    const { voters } = this.deps.electorate.current();
    const offices = { master: this.deps.self, voters };
    return nodeViews(this.acted().kernel, this.deps.members(), offices);
  }

  private voterChanges(term: Term): VoterChanges {
    const { deps } = this;
    return new VoterChanges({
      ...deps,
      names: () => this.nodes().map(({ name }) => name),
      node: (name) => fitnessOf(term.kernel, deps.members(), name),
      desired: () => (term.writer.unread() ? undefined : term.writer.desired),
      commit: (changes) => term.writer.commit(changes),
    });
  }

  private changing(): VoterChanges {
    this.acted();
    if (this.changes) return this.changes;
    throw stillRecovering();
  }

  private async drain(name: string, deadlineMs: number): Promise<void> {
    const term = this.acted();
    await term.writer.settled();
    await putDraining(term, name, true);
    term.dispatch({ kind: "drain", node: name, deadlineMs });
  }

  private async undrain(name: string): Promise<void> {
    const term = this.acted();
    await term.writer.settled();
    await putDraining(term, name, false);
    term.dispatch({ kind: "undrain", node: name });
  }

  private async forget(name: string): Promise<void> {
    const term = this.acted();
    await term.writer.settled();
    admitted(term, name);
    await term.writer.commit([{ kind: "delete-node", name }]);
    term.dispatch({ kind: "forget", node: name });
  }

  private services(): ServicesControl {
    const found = this.acted().frameworks.find((framework) => framework.services);
    if (found?.services) return found.services;
    throw new ControlError("not-found", "this agent runs no framework that knows services");
  }

  /** What runs is known: all agents are back after the change of master, or their time is up. */
  private recovered(): Term {
    const term = this.acted();
    if (term.kernel.recovering) throw stillRecovering();
    return term;
  }

  private acted(): Term {
    if (this.current) return this.current;
    throw new ControlError(
      "deposed",
      "this agent is not the master: ask again, the master answers",
    );
  }
}

/** Also where it is so already: the deadline may be a new one. */
async function putDraining(term: Term, name: string, draining: boolean): Promise<void> {
  const node = admitted(term, name);
  await term.writer.commit([{ kind: "put-node", node: { ...node, draining } }]);
}

function admitted(term: Term, name: string): AdmittedNode {
  const node = term.kernel.nodes().get(name)?.admitted;
  if (node) return node;
  const known = [...term.kernel.nodes().keys()].sort().join(", ");
  const message = `there is no node '${name}'; admitted are: ${known || "none"}`;
  throw new ControlError("not-found", message);
}

function stillRecovering(): ControlError {
  return new ControlError(
    "recovering",
    "the master has just changed and agents are still reporting their tasks: ask again in a few seconds",
  );
}
