import type { AgentView, MasterView, MemberView, StatusView } from "../contract/index";
import type { Member, MemberRecord } from "../model/member";
import { isTerminal, type TaskState } from "../model/task";
import type { AgentControl } from "../ports/control";
import type { AgentFigures, TaskCounts } from "../ports/figures";
import type { CountedContainers } from "../worker/counted-containers";
import type { Worker } from "../worker/worker";
import type { Attachment } from "./attachment";
import type { Fitness } from "./fitness";
import type { Mesh } from "./mesh";
import type { Seat } from "./seat";
import { apiOf, countByStatus, masterView, memberView, statusView } from "./views";

interface SelfOptions {
  readonly cluster: string;
  readonly datacenter: string;
  readonly record: MemberRecord;
  readonly configHash: string;
  readonly pid: number;
}

/** The parts of a node that are asked; all are there before the first question. */
interface SelfParts {
  readonly mesh: Mesh;
  readonly seat: Seat;
  readonly worker: Worker;
  readonly containers: CountedContainers;
  readonly attachment: Attachment;
  readonly consul: Fitness;
  readonly docker: Fitness;
  /** It is master, and its lease holds at this moment. */
  acting(): boolean;
}

/** What a node says of itself when it is asked. */
export class SelfView implements Omit<AgentControl, "leave"> {
  private listed:
    { readonly of: readonly Member[]; readonly views: readonly MemberView[] } | undefined;

  constructor(
    private readonly parts: SelfParts,
    private readonly options: SelfOptions,
  ) {}

  master(): { self: boolean; view: MasterView } | undefined {
    const record = this.parts.mesh.master;
    if (record?.name === undefined) return undefined;
    const self = record.name === this.options.record.name;
    if (self && !this.parts.acting()) return undefined;
    return { self, view: masterView(record, record.name) };
  }

  apiOf(name: string): string | undefined {
    return apiOf(this.parts.mesh.members(), name);
  }

  /** The same list for as long as nothing has changed. */
  members(): readonly MemberView[] {
    const of = this.parts.mesh.members();
    if (this.listed?.of !== of) this.listed = { of, views: of.map(memberView) };
    return this.listed.views;
  }

  status(): StatusView {
    const { mesh, seat, consul, docker } = this.parts;
    const members = mesh.members();
    return statusView(this.options, {
      term: this.term,
      masterTerm: mesh.master?.term,
      master: this.master()?.view,
      voters: seat.voters(members),
      members,
      consul: consul.fault,
      docker: docker.fault,
    });
  }

  agent(): AgentView {
    const { mesh, attachment, worker } = this.parts;
    const { record, pid, configHash } = this.options;
    return {
      node: record.name,
      version: record.version,
      pid,
      joined: mesh.joined,
      attached: attachment.attached,
      unhealthy: worker.unhealthy,
      tasks: worker.records().filter(({ status }) => !isTerminal(status.state)).length,
      configHash,
    };
  }

  figures(): AgentFigures {
    const { mesh, seat, worker, containers, attachment, consul, docker } = this.parts;
    const { cluster, record } = this.options;
    return {
      cluster,
      node: record.name,
      version: record.version,
      members: countByStatus(mesh.members()),
      healthScore: mesh.healthScore,
      term: this.term,
      voter: seat.ballots.isVoter,
      acting: this.parts.acting(),
      masterKnown: this.master() !== undefined,
      mastersFollowed: attachment.mastersFollowed,
      attached: attachment.attached,
      consulAnswers: consul.fault === undefined,
      dockerAnswers: docker.fault === undefined,
      tasks: countTasks(worker),
      containerFailures: containers.failures(),
    };
  }

  /** The highest it knows. */
  get term(): number {
    const { mesh, seat } = this.parts;
    return Math.max(mesh.master?.term ?? 0, seat.ballots.term);
  }
}

function countTasks(worker: Worker): TaskCounts {
  const counts: Partial<Record<TaskState, number>> = {};
  for (const { status } of worker.records()) counts[status.state] = (counts[status.state] ?? 0) + 1;
  return counts;
}
