import { createHash } from "node:crypto";
import type { MemberView } from "../../src/contract/index";
import type { LogFields } from "../../src/ports/log";
import type { MasterMessage } from "../../src/ports/master-link";
import type { Machine } from "./cluster-machine";
import type { ClusterWorld } from "./cluster-world";
import { nodeMemMiB } from "./cluster-options";
import { Violation } from "./invariants";

/** The rules that are checked all the time; that all is in order after mending is `cluster-convergence.ts`. */
type Rule =
  | "one master acts at any time"
  | "a term has one master"
  | "terms never fall"
  | "incarnations never fall"
  | "nobody obeys a lower term"
  | "no task is started twice"
  | "no node is booked beyond its size"
  | "no machine makes a mistake"
  | "nothing runs hot";

/** Of log lines and engine steps in one second; more is a loop that nothing slows down. */
const stormLines = 1500;
/** `COVEY_LINES=5000` beside `COVEY_SEED` tells the whole story of a seed that fails. */
const linesKept = Number(process.env["COVEY_LINES"] ?? "60");

/**
 * What must hold after every event, whatever fails. Throws nothing into the agents (they would catch it): the first
 * violation is kept, and thrown by `check`. Keeps a hash of all that is logged and done.
 */
export class ClusterInvariants {
  /** Everything that engines did: `at node entry`. */
  readonly steps: { readonly atMs: number; readonly node: string; readonly entry: string }[] = [];
  private readonly trace = createHash("sha256");
  private readonly lines: string[] = [];
  private readonly startedOn = new Map<string, string>();
  private readonly termSeen = new Map<string, number>();
  private readonly termOf = new Map<string, number>();
  private readonly membersAt = new Map<string, readonly MemberView[]>();
  private readonly masterOf = new Map<number, string>();
  private readonly ranNow = new Set<string>();
  private readonly forbidden = new Set<string>();
  private found: Violation | undefined;
  private second = { number: 0, lines: 0 };

  constructor(private readonly world: ClusterWorld) {}

  hash(): string {
    return this.trace.copy().digest("hex");
  }

  /** The last of what happened, for people. */
  story(): string {
    return this.lines.join("\n");
  }

  watch(machine: Machine): void {
    machine.engine.afterChange = (entry) => this.stepped(machine, entry);
  }

  line(node: string, level: string, message: string, fields: LogFields): void {
    this.note(`${node} ${level} ${message} ${JSON.stringify(fields)}`);
    if (message === "the master made a mistake and resigns")
      this.violated("no machine makes a mistake", `${node}: ${String(fields["error"])}`);
    if (message === "elected master") this.elected(node, Number(fields["term"]));
  }

  note(what: string): void {
    const line = `${this.world.clock.nowMs().toFixed(1)} ${what}`;
    this.trace.update(`${line}\n`);
    this.lines.push(line);
    const number = Math.floor(this.world.clock.nowMs() / 1000);
    if (number !== this.second.number) this.second = { number, lines: 0 };
    if (++this.second.lines === stormLines) this.violated("nothing runs hot", what);
    if (this.lines.length > linesKept) this.lines.shift();
  }

  /** A new process knows of no term. */
  born(node: string): void {
    this.termSeen.delete(node);
    this.termOf.delete(node);
    this.membersAt.delete(node);
    this.ran(node);
    this.note(`${node} starts`);
  }

  delivered(node: string, message: MasterMessage): void {
    const seen = this.termSeen.get(node) ?? 0;
    if (message.term < seen && message.kind === "launch")
      this.forbidden.add(`${node} create ${message.spec.id}`);
    this.termSeen.set(node, Math.max(seen, message.term));
  }

  /** An agent has done something; nobody's acting begins, and no number falls, without this. */
  ran(name: string): void {
    this.ranNow.add(name);
  }

  /** After each event and all that promises do because of it. Throws the first violation. */
  check(): void {
    for (const name of this.ranNow) this.checkAgent(name);
    this.ranNow.clear();
    if (this.found) throw this.found;
  }

  private checkAgent(name: string): void {
    const control = this.world.control(name);
    if (!control) return;
    if (control.master) this.checkAlone(name);
    this.checkIncarnations(name, control.agent.members());
    this.checkTerm(name, this.world.term(name));
  }

  private checkAlone(name: string): void {
    for (const other of this.world.running())
      if (other !== name && this.world.acts(other))
        this.violated("one master acts at any time", `${name} and ${other} both act`);
  }

  private checkTerm(name: string, term: number): void {
    const before = this.termOf.get(name) ?? 0;
    if (term < before) this.violated("terms never fall", `${name}: from ${before} to ${term}`);
    this.termOf.set(name, term);
  }

  /** Of the members a node knows all the while; whom it forgot in between may have begun anew. */
  private checkIncarnations(name: string, members: readonly MemberView[]): void {
    const before = this.membersAt.get(name);
    if (before === members) return;
    this.membersAt.set(name, members);
    for (const { name: member, incarnation } of members) {
      const last = before?.find((one) => one.name === member)?.incarnation ?? 0;
      if (incarnation < last)
        this.violated(
          "incarnations never fall",
          `${name} of ${member}: from ${last} to ${incarnation}`,
        );
    }
  }

  private elected(node: string, term: number): void {
    const before = this.masterOf.get(term);
    if (before !== undefined)
      this.violated("a term has one master", `term ${term}: ${before} and ${node}`);
    this.masterOf.set(term, node);
  }

  private stepped(machine: Machine, entry: string): void {
    const { name } = machine;
    this.steps.push({ atMs: this.world.clock.nowMs(), node: name, entry });
    this.note(`${name} engine ${entry}`);
    const [verb, task = ""] = entry.split(" ");
    if (verb === "start") {
      const before = this.startedOn.get(task);
      if (before !== undefined)
        this.violated("no task is started twice", `${task} on ${before}, again on ${name}`);
      this.startedOn.set(task, name);
    }
    if (this.forbidden.has(`${name} ${entry}`))
      this.violated("nobody obeys a lower term", `${name}: ${entry}`);
    if (verb === "create" || verb === "start") this.checkBooking(machine);
  }

  private checkBooking(machine: Machine): void {
    // One that was created, and killed before it was started, holds nothing until it is removed.
    const live = machine.running();
    const ports = live.flatMap(({ spec }) => spec.ports.map(({ hostPort }) => hostPort));
    const twice = ports.find((port, index) => ports.indexOf(port) !== index);
    const rule = "no node is booked beyond its size";
    if (twice !== undefined) this.violated(rule, `${machine.name}: port ${twice} twice`);
    const memMiB = live.reduce((sum, { spec }) => sum + spec.memMiB, 0);
    if (memMiB > nodeMemMiB) this.violated(rule, `${machine.name}: ${memMiB} MiB of ${nodeMemMiB}`);
  }

  private violated(rule: Rule, what: string): void {
    this.found ??= new Violation(`at ${this.world.clock.nowMs()} ms, '${rule}': ${what}`);
  }
}
