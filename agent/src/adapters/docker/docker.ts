/** The node's containers, through Docker's API on a unix socket. Sees only those with this cluster's and node's labels. */
import type Docker from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import type { TaskSpec } from "../../model/task";
import { ContainerError } from "../../ports/containers";
import type {
  ContainerEvent,
  Containers,
  ExecOutcome,
  FoundContainer,
  ImageWant,
} from "../../ports/containers";
import type { Log } from "../../ports/log";
import { containerName, createOptions } from "./create-options";
import type { NodePlace } from "./create-options";
import { statusCodeOf } from "./docker-fault";
import { connectEngine } from "./engine-calls";
import type { EngineCalls } from "./engine-calls";
import { ExecRunner } from "./exec";
import { followEvents } from "./event-stream";
import type { EngineEvent } from "./event-stream";
import { endedByOom, foundContainer } from "./found-container";
import { Images } from "./images";
import { label } from "./spec-label";
import { TaskSecrets } from "./task-secrets";

export interface DockerOptions extends NodePlace {
  /** Path of Docker's unix socket. */
  readonly socket: string;
  readonly log: Log;
  /** For one call; default 30 s. */
  readonly deadlineMs?: number | undefined;
  /** How often whoever waits for a pull hears how far it is; default 5 s. */
  readonly pullToldEveryMs?: number | undefined;
  /** For a ping; default 5 s. */
  readonly pingDeadlineMs?: number | undefined;
}

/** What a stop may take beyond its grace. */
const stopMarginMs = 10_000;
const inspectsAtOnce = 8;
const oomsKept = 1024;
/** What changes a task's container; `oom` is only remembered. */
const actions = ["start", "die", "destroy", "oom"];
const nameRule = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}$/;

export function connectDocker(options: DockerOptions): Containers {
  return new DockerContainers(options);
}

class DockerContainers implements Containers {
  private readonly docker: Docker;
  private readonly deadlineMs: number;
  private readonly execs: ExecRunner;
  private readonly engine: EngineCalls;
  private readonly images: Images;
  private readonly secrets: TaskSecrets;
  /** Ids of containers in which the kernel killed a process; the oldest fall out. */
  private readonly ooms = new Set<string>();

  constructor(private readonly options: DockerOptions) {
    this.deadlineMs = options.deadlineMs ?? 30_000;
    ({ docker: this.docker, engine: this.engine } = connectEngine(options));
    this.images = new Images(this.docker, this.engine, options);
    this.secrets = new TaskSecrets(this.docker, this.engine, options);
    this.execs = new ExecRunner(this.docker);
  }

  async list(): Promise<FoundContainer[]> {
    const sweep = await this.secrets.sweeping();
    const all = await this.engine.call("listing containers", (abortSignal) =>
      this.docker.listContainers({
        all: true,
        filters: JSON.stringify({ label: this.ownLabels() }),
        abortSignal,
      }),
    );
    await sweep(all.map(({ Labels: labels }) => labels[label.task] ?? ""));
    const found: FoundContainer[] = [];
    for (let first = 0; first < all.length; first += inspectsAtOnce) {
      const some = all.slice(first, first + inspectsAtOnce);
      for (const one of await Promise.all(some.map(({ Id }) => this.find(Id))))
        if (one) found.push(one);
    }
    return found;
  }

  look(taskId: string): Promise<FoundContainer | undefined> {
    return this.find(containerName(taskId));
  }

  async ensureImage(want: ImageWant, told?: (progress: string) => void): Promise<void> {
    await this.images.ensure(want, told);
  }

  async create(spec: TaskSpec): Promise<string> {
    if (!nameRule.test(spec.id))
      throw new ContainerError(
        "refused",
        `task id '${spec.id}' is no name for a container: 1 to 200 of A-Z, a-z, 0-9, '_', '.', '-', not starting with one of the last three`,
      );
    const created = await this.secrets.with(spec, (secrets) =>
      this.engine.call(
        `creating container ${containerName(spec.id)}`,
        (signal) => this.dialCreate(spec, secrets, signal),
        { image: spec.image },
      ),
    );
    if (created.warnings.length > 0)
      this.options.log.warn("Docker warns of a container", {
        task: spec.id,
        warnings: created.warnings,
      });
    return created.id;
  }

  async start(id: string): Promise<void> {
    await this.secrets.beforeStart(id);
    await this.engine.call(`starting container ${short(id)}`, (abortSignal) =>
      this.docker.getContainer(id).start({ abortSignal }).catch(fine(304)),
    );
  }

  async stop(id: string, graceMs: number): Promise<void> {
    await this.engine.call(
      `stopping container ${short(id)}`,
      (abortSignal) =>
        this.docker
          .getContainer(id)
          .stop({ t: Math.ceil(graceMs / 1000), abortSignal })
          .catch(fine(304, 404)),
      { deadlineMs: graceMs + stopMarginMs },
    );
  }

  async remove(id: string): Promise<void> {
    await this.engine.call(`removing container ${short(id)}`, (abortSignal) =>
      this.docker.getContainer(id).remove({ force: true, v: true, abortSignal }).catch(fine(404)),
    );
    await this.secrets.removed(id);
  }

  async exec(id: string, command: readonly string[], timeoutMs: number): Promise<ExecOutcome> {
    return await this.engine.call(
      `running a command in container ${short(id)}`,
      () => this.execs.run(id, command, timeoutMs),
      { deadlineMs: timeoutMs + this.deadlineMs },
    );
  }

  watch(listener: (event: ContainerEvent) => void, signal: AbortSignal): void {
    const filters = { type: ["container"], event: actions, label: this.ownLabels() };
    void followEvents(
      this.docker,
      { filters, taskLabel: label.task, retryFirstMs: 250, retryMaxMs: 5000 },
      {
        event: (event) => {
          if (event.action === "oom") this.noteOom(event.containerId);
          else listener(changeOf(event, this.ooms.has(event.containerId)));
        },
        reconnected: () => listener({ kind: "resync" }),
      },
      { signal, log: this.options.log },
    );
  }

  async ping(): Promise<string | undefined> {
    try {
      await this.engine.call("ping", (abortSignal) => this.engine.dial("/_ping", abortSignal), {
        deadlineMs: this.options.pingDeadlineMs ?? 5000,
      });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** By id or name; undefined where there is none of ours. */
  private async find(name: string): Promise<FoundContainer | undefined> {
    const info = await this.engine.call(`inspecting container ${short(name)}`, (abortSignal) =>
      this.docker
        .getContainer(name)
        .inspect({ abortSignal })
        .catch((error: unknown) => {
          if (statusCodeOf(error) === 404) return undefined;
          throw error;
        }),
    );
    if (!info || !this.isOwn(info)) return undefined;
    this.secrets.saw(info);
    try {
      return foundContainer(info, this.ooms.has(info.Id));
    } catch (error) {
      this.options.log.warn("a container has our labels but is no task; left alone", {
        container: info.Id,
        error: String(error),
      });
      return undefined;
    }
  }

  private isOwn(info: ContainerInspectInfo): boolean {
    const { Labels: labels } = info.Config;
    return (
      labels[label.cluster] === this.options.cluster && labels[label.node] === this.options.node
    );
  }

  private ownLabels(): string[] {
    return [`${label.cluster}=${this.options.cluster}`, `${label.node}=${this.options.node}`];
  }

  /** Past dockerode's createContainer, which drops the warnings of the answer. */
  private async dialCreate(
    spec: TaskSpec,
    secrets: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
    const { name, ...body } = createOptions(spec, this.options, secrets);
    const { Id, Warnings } = (await this.engine.dial("/containers/create?", abortSignal, {
      post: { _query: { name }, _body: body },
    })) as { Id: string; Warnings?: string[] | null };
    return { id: Id, warnings: Warnings ?? [] };
  }

  private noteOom(containerId: string): void {
    this.ooms.add(containerId);
    const [oldest] = this.ooms;
    if (this.ooms.size > oomsKept && oldest !== undefined) this.ooms.delete(oldest);
  }
}

/** The answer says that there is nothing (more) to do. */
function fine(...codes: readonly number[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes(statusCodeOf(error) ?? 0)) throw error;
  };
}

function short(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
}

function changeOf(event: EngineEvent, sawOom: boolean): ContainerEvent {
  const { action, containerId, taskId, exitCode } = event;
  if (action !== "die" || exitCode === undefined) return { kind: "changed", taskId };
  const oomKilled = endedByOom(sawOom, exitCode);
  return { kind: "changed", taskId, ended: { containerId, exitCode, oomKilled } };
}
