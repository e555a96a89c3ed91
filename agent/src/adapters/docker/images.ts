import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
import type { Log } from "../../ports/log";
import { DeadlineExceeded } from "./deadline";
import { statusCodeOf } from "./docker-fault";
import type { EngineCalls } from "./engine-calls";
import { pullImage } from "./image-pull";

const pullDeadlineMs = 600_000;

/** The node's images. Each is pulled once at a time, however many tasks wait for it. */
export class Images {
  private readonly pulls = new Map<string, Promise<void>>();

  constructor(
    private readonly docker: Docker,
    private readonly engine: EngineCalls,
    private readonly options: { readonly node: string; readonly log: Log },
  ) {}

  /** There is one afterwards; a registry is asked only where there is none. */
  async ensure(image: string): Promise<void> {
    if (await this.has(image)) return;
    const running = this.pulls.get(image);
    if (running) {
      await running;
      return;
    }
    const pull = this.pull(image).finally(() => this.pulls.delete(image));
    this.pulls.set(image, pull);
    await pull;
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

  private async pull(image: string): Promise<void> {
    this.options.log.info("pulling an image", { image });
    await this.engine
      .call(
        `pulling image ${image}`,
        (signal) => pullImage(this.docker, image, this.options.node, signal),
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
  }
}
