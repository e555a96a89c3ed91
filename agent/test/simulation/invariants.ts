import { createHash } from "node:crypto";
import type { ElectionMessage } from "../../src/model/mesh-message";
import type { MeshNode, NodeEvent } from "./mesh-node";

export interface Observed {
  readonly name: string;
  readonly node: MeshNode;
  readonly nowMs: number;
}

/** A rule that must hold after every event, whatever the network did. */
export class Violation extends Error {}

/** Watches all that all nodes do; throws Violation, and keeps a hash of everything seen. */
export class Invariants {
  private readonly trace = createHash("sha256");
  private readonly masterOfTerm = new Map<number, string>();
  private readonly voteOf = new Map<string, string>();
  private readonly durableTermOf = new Map<string, number>();
  private readonly incarnationSeen = new Map<string, number>();

  constructor(private readonly running: () => ReadonlyMap<string, MeshNode>) {}

  hash(): string {
    return this.trace.copy().digest("hex");
  }

  event(event: NodeEvent, { name, node, nowMs }: Observed): void {
    if (event.kind === "called") {
      this.checkExclusive(nowMs);
      return;
    }
    this.trace.update(`${nowMs} ${name} ${JSON.stringify(event)}\n`);
    if (event.kind === "master" && "term" in event) this.checkMaster(event.term, name);
    if (event.kind === "stored") this.checkBallot(event.ballot, name);
    if (event.kind === "send" && "message" in event) this.checkDurable(event.message, name);
    if (event.kind === "member") this.checkIncarnation(name, node, event.member);
  }

  /** A new life forgets what its mesh knew. */
  reborn(name: string): void {
    for (const key of this.incarnationSeen.keys())
      if (key.startsWith(`${name}>`)) this.incarnationSeen.delete(key);
  }

  private checkMaster(term: number, name: string): void {
    const other = this.masterOfTerm.get(term);
    if (other !== undefined)
      throw new Violation(`term ${term} has two masters: ${other} and ${name}`);
    this.masterOfTerm.set(term, name);
  }

  private checkBallot(ballot: { term: number; votedFor: string | undefined }, name: string): void {
    const before = this.durableTermOf.get(name) ?? 0;
    if (ballot.term < before)
      throw new Violation(`${name}: term falls from ${before} to ${ballot.term}`);
    this.durableTermOf.set(name, ballot.term);
    if (ballot.votedFor === undefined) return;
    const key = `${name}@${ballot.term}`;
    const vote = this.voteOf.get(key);
    if (vote !== undefined && vote !== ballot.votedFor)
      throw new Violation(
        `${name} votes in term ${ballot.term} for ${vote} and ${ballot.votedFor}`,
      );
    this.voteOf.set(key, ballot.votedFor);
  }

  /** Nothing of a term leaves before it is on disk; pre-votes only ask about terms to come. */
  private checkDurable(message: ElectionMessage, name: string): void {
    const durable = this.durableTermOf.get(name) ?? 0;
    const asks = message.kind === "pre-vote" || message.kind === "pre-vote-reply";
    if (!asks && message.term > durable)
      throw new Violation(
        `${name} sends ${message.kind} of term ${message.term} with ${durable} on disk`,
      );
  }

  private checkIncarnation(
    observer: string,
    node: MeshNode,
    member: { record: { name: string }; incarnation: number },
  ): void {
    const key = `${observer}>${member.record.name}`;
    const seen = this.incarnationSeen.get(key) ?? 0;
    const known = node.membership.member(member.record.name);
    if (member.incarnation < seen && known)
      throw new Violation(`${key}: incarnation falls from ${seen} to ${member.incarnation}`);
    this.incarnationSeen.set(key, member.incarnation);
  }

  private checkExclusive(nowMs: number): void {
    const acting = [...this.running()].filter(([, node]) => node.election?.mayAct(nowMs));
    if (acting.length > 1)
      throw new Violation(`at ${nowMs}: ${acting.map(([name]) => name).join(" and ")} both act`);
  }
}
