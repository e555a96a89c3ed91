import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
import type { ImageWant } from "../../ports/containers";
import type { Log } from "../../ports/log";
import { DeadlineExceeded } from "./deadline";
import { statusCodeOf } from "./docker-fault";
import type { EngineCalls } from "./engine-calls";
import { pullImage } from "./image-pull";
import { PullProgress } from "./pull-progress";
import type { PullLine } from "./pull-progress";

const pullDeadlineMs = 600_000;
/** Each task that waits says it to the master. */
const usuallyToldEveryMs = 5000;

type Told = (progress: string) => void;

interface ImagesOptions {
  readonly node: string;
  readonly log: Log;
  readonly pullToldEveryMs?: number | undefined;
}

/** One pull under way, and who waits for it. */
interface Pull {
  readonly want: ImageWant;
  readonly done: Promise<void>;
  readonly listeners: Set<Told>;
  said: string;
}

/** The node's images. Each is pulled once at a time, however many tasks wait for it. */
export class Images {
  private readonly pulls = new Map<string, Pull>();
  private readonly toldEveryMs: number;

  constructor(
    private readonly docker: Docker,
    private readonly engine: EngineCalls,
    private readonly options: ImagesOptions,
  ) {
    this.toldEveryMs = options.pullToldEveryMs ?? usuallyToldEveryMs;
  }

  /** There is one afterwards; a registry is asked only where there is none, or `always`. */
  async ensure(want: ImageWant, told: Told = () => undefined): Promise<void> {
    if (!want.always && (await this.has(want.image))) return;
    let pull = this.pulls.get(want.image);
    // One with other credentials may fail where ours does not, and be allowed what ours is not.
    while (pull && !sameAuth(pull.want, want)) {
      await pull.done.catch(() => undefined);
      pull = this.pulls.get(want.image);
    }
    pull ??= this.begin(want);
    pull.listeners.add(told);
    told(pull.said);
    await pull.done;
  }

  private begin(want: ImageWant): Pull {
    const { image } = want;
    const progress = new PullProgress(image);
    const listeners = new Set<Told>();
    let nextMs = performance.now() + this.toldEveryMs;
    const done = this.pull(want, (line) => {
      progress.take(line);
      if (performance.now() < nextMs) return;
      nextMs = performance.now() + this.toldEveryMs;
      pull.said = String(progress);
      for (const told of listeners) told(pull.said);
    }).finally(() => this.pulls.delete(image));
    const pull: Pull = { want, done, listeners, said: String(progress) };
    this.pulls.set(image, pull);
    return pull;
  }

  private async has(image: string): Promise<boolean> {
    const info = await this.engine.call(
      `looking for image ${image}`,
      (abortSignal) =>
        this.engine.dial(`/images/${image}/json`, abortSignal).catch((error: unknown) => {
          if (statusCodeOf(error) === 404) return undefined;
          throw error;
        }),
      { image },
    );
    return info !== undefined;
  }

  private async pull(want: ImageWant, line: (line: PullLine) => void): Promise<void> {
    const { image } = want;
    this.options.log.info("pulling an image", { image });
    await this.engine
      .call(
        `pulling image ${image}`,
        (signal) => pullImage(this.docker, want, { node: this.options.node, signal, line }),
        { image, deadlineMs: pullDeadlineMs },
      )
      .catch((error: unknown) => {
        // The daemon that pings is not to blame for a registry that is slow.
        if (!(error instanceof ContainerError) || !(error.cause instanceof DeadlineExceeded))
          throw error;
        throw new ContainerError(
          "image-not-found",
          `image '${image}' could not be pulled to node ${this.options.node} within ${pullDeadlineMs / 60_000} min; load it there (\`docker load\`) or use a nearer registry`,
          { cause: error },
        );
      });
    this.options.log.info("pulled an image", { image });
  }
}

function sameAuth({ auth: a }: ImageWant, { auth: b }: ImageWant): boolean {
  return a?.username === b?.username && a?.password === b?.password;
}
