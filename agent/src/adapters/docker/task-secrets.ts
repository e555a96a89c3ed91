import { join } from "node:path";
import type Docker from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { secretsDirectory } from "../../model/provision";
import type { Log } from "../../ports/log";
import type { TaskSpec } from "../../model/task";
import { uidOf } from "./container-user";
import type { EngineCalls } from "./engine-calls";
import { SecretFiles } from "./secret-files";
import { label } from "./spec-label";

interface Owner {
  readonly taskId: string;
  /** Whose process it is, as the image or the task says. */
  readonly user: string;
}

/** Follows the secrets of tasks along the lives of their containers. A task without any costs nothing. */
export class TaskSecrets {
  private readonly files: SecretFiles;
  /** Containers with secrets, by id: as many as there are on the node. */
  private readonly owners = new Map<string, Owner>();

  constructor(
    private readonly docker: Docker,
    private readonly engine: EngineCalls,
    private readonly options: {
      readonly cluster: string;
      readonly node: string;
      readonly log: Log;
    },
  ) {
    this.files = new SecretFiles(options);
  }

  /** Runs `create` with the directory of the task's secrets; undefined: it has none. */
  with<T>(spec: TaskSpec, create: (directory: string | undefined) => Promise<T>): Promise<T> {
    const { secrets = [] } = spec.provision ?? {};
    if (secrets.length === 0) return create(undefined);
    return this.files.with(spec.id, secrets, create);
  }

  /** A container was inspected: the worker looks at each before it starts or removes it, an adopted one too. */
  saw({ Id: id, Config: config, Mounts: mounts }: ContainerInspectInfo): void {
    const taskId = config.Labels[label.task] ?? "";
    const { cluster, node } = this.options;
    const directory = join("/covey/secrets", cluster, node, taskId);
    const held = mounts.some(
      ({ Source: source, Destination: target }) =>
        target === secretsDirectory && source.endsWith(directory),
    );
    if (!held) return;
    this.owners.set(id, { taskId, user: config.User });
  }

  /** Only now is it known whose they are: the name may be one of the image's. */
  async beforeStart(id: string): Promise<void> {
    const owner = this.owners.get(id);
    if (!owner) return;
    const uid = await this.engine.call(`looking for user '${owner.user}'`, (signal) =>
      uidOf(this.docker, id, owner.user, signal),
    );
    await this.files.give(owner.taskId, uid);
  }

  async removed(id: string): Promise<void> {
    const owner = this.owners.get(id);
    if (!owner) return;
    this.owners.delete(id);
    await this.files.remove(owner.taskId);
  }

  /** To be called before the containers are listed; what it returns takes the tasks that have one. */
  async sweeping(): Promise<(tasks: readonly string[]) => Promise<void>> {
    const sweep = await this.files.sweeping();
    return (tasks) =>
      sweep(new Set(tasks)).catch((error: unknown) => {
        this.options.log.warn("secrets of tasks that are gone could not be removed", {
          error: String(error),
        });
      });
  }
}
