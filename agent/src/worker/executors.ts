import type { TaskReason, TaskSpec } from "../model/task";
import type { Clock } from "../ports/clock";
import { ContainerError } from "../ports/containers";
import type { Containers, ImageWant } from "../ports/containers";
import type { StepName, StepOf, TaskReport } from "../reconcile/step";
import type { Lane } from "./lane";
import type { Task } from "./task";

/** What executors act on. */
export interface TaskWorld {
  readonly containers: Containers;
  readonly clock: Clock;
  /** Creating, starting and removing; fetching images; stopping: the last two wait on others than the engine. */
  readonly lanes: { readonly engine: Lane; readonly image: Lane; readonly stop: Lane };
  /** The longest a kill waits for the catalog. */
  readonly catalogPatienceMs: number;
  report(task: Task, report: TaskReport): void;
  /** How far it has come while it is being made ready. */
  progress(task: Task, said: string): void;
  /** Resolves when the catalog does not show it any more, or does not answer. */
  withdraw(task: Task): Promise<void>;
  forget(task: Task): void;
}

type Executors = {
  readonly [Name in StepName]: (
    step: StepOf<Name>,
    task: Task,
    world: TaskWorld,
  ) => Promise<void> | void;
};

const executors: Executors = {
  "ensure-image": async (_step, task, world) => {
    const { containers, lanes } = world;
    const present = lanes.image
      .run(() => containers.ensureImage(wanted(task.spec), (said) => world.progress(task, said)))
      .then(() => {
        task.imageReady = true;
      });
    await endingOn(task, "image-not-found", Promise.race([present, task.endAsked]));
  },
  create: async (step, task, { containers, lanes }) => {
    const created = lanes.engine.run(() => containers.create(step.spec));
    await endingOn(task, "container-create-failed", created, async (error) => {
      if (error.fault !== "name-taken") return false;
      return (await containers.look(step.taskId)) !== undefined;
    });
  },
  start: async (step, task, { containers, lanes }) => {
    task.startUnknown = true;
    const started = lanes.engine.run(() => containers.start(step.containerId));
    await endingOn(task, "container-start-failed", started);
    task.startUnknown = false;
  },
  stop: async (step, task, world) => {
    await withinMs(world.clock, world.catalogPatienceMs, world.withdraw(task));
    await world.lanes.stop.run(() => world.containers.stop(step.containerId, step.graceMs));
  },
  remove: (step, _task, { containers, lanes }) =>
    lanes.engine.run(() => containers.remove(step.containerId)),
  report: (step, task, world) => world.report(task, step.report),
  forget: (_step, task, world) => world.forget(task),
};

function wanted({ image, provision }: TaskSpec): ImageWant {
  const { pull, registryAuth } = provision ?? {};
  const auth = registryAuth && {
    username: registryAuth.username,
    password: registryAuth.password.value,
  };
  return { image, always: pull === "always", auth };
}

/** Does one step. Throws where the engine does not answer; what it refuses for good becomes the task's end. */
export async function perform<Name extends StepName>(
  step: StepOf<Name>,
  task: Task,
  world: TaskWorld,
): Promise<void> {
  await executors[step.name](step, task, world);
}

/** Resolves when `work` does, or after `limitMs`; `work` goes on. */
export async function withinMs(
  clock: Clock,
  limitMs: number,
  work: Promise<unknown>,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = clock.after(limitMs, resolve);
    const done = (): void => {
      timer.cancel();
      resolve();
    };
    work.then(done, done);
  });
}

const reasons: Partial<Record<ContainerError["fault"], TaskReason>> = {
  "image-not-found": "image-not-found",
  "port-taken": "port-taken",
};

/** A refusal of the engine ends the task, unless `isFine` says otherwise; a container that is gone is looked for again. */
async function endingOn(
  task: Task,
  otherwise: TaskReason,
  work: Promise<unknown>,
  isFine?: (error: ContainerError) => Promise<boolean>,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ContainerError) || error.fault === "unavailable") throw error;
    if (error.fault === "not-found" || (await isFine?.(error))) return;
    task.end({
      state: "TASK_FAILED",
      reason: reasons[error.fault] ?? otherwise,
      message: error.message,
      exitCode: undefined,
    });
  }
}
