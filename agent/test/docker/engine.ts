/** What tests against the real Docker engine share: the image, a node of their own, and its clean-up. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDocker } from "../../src/adapters/docker/docker";
import { connectDockerOutput } from "../../src/adapters/docker/output";
import type { TaskOutput } from "../../src/ports/task-output";
import type { DockerOptions } from "../../src/adapters/docker/docker";
import type { TaskSpec } from "../../src/model/task";
import type { Containers } from "../../src/ports/containers";
import type { Log } from "../../src/ports/log";
import { dockerProbe } from "../fakes/needs";

const testImage = "covey-test-busybox:1";
const busybox = "/bin/busybox";

/** The engine, and the program of which the test image is made. */
export function engineProbe(): string | undefined {
  const missing = dockerProbe();
  if (missing !== undefined) return missing;
  return existsSync(busybox) || hasTestImage()
    ? undefined
    : `no ${busybox} to build the image ${testImage} of; install busybox-static`;
}

/** Builds the image once: busybox and nothing else, from no registry. */
export function buildTestImage(): void {
  if (hasTestImage()) return;
  const context = mkdtempSync(join(tmpdir(), "covey-busybox-"));
  try {
    copyFileSync(busybox, join(context, "busybox"));
    writeFileSync(
      join(context, "Dockerfile"),
      'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\nENV PATH=/bin\n',
    );
    docker("build", "--quiet", "--tag", testImage, context);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** Runs the docker command; its output without the last newline. */
export function docker(...args: string[]): string {
  return execFileSync("docker", args, {
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

function hasTestImage(): boolean {
  return docker("images", "--quiet", testImage) !== "";
}

export class TestEngine {
  readonly cluster: string;
  readonly warnings: string[] = [];

  constructor(
    title: string,
    readonly address: string,
  ) {
    this.cluster = `test-${title}-${process.pid}`;
  }

  connect(more: Partial<DockerOptions> = {}): Containers {
    return connectDocker({ ...this.options(), ...more });
  }

  output(): TaskOutput {
    return connectDockerOutput(this.options());
  }

  options(): DockerOptions {
    return {
      socket: "/var/run/docker.sock",
      cluster: this.cluster,
      node: "n1",
      network: undefined,
      address: this.address,
      dns: undefined,
      dnsSearch: [],
      log: this.log(),
    };
  }

  task(id: string, more: Partial<TaskSpec> = {}): TaskSpec {
    return {
      id: `${this.cluster}-${id}`,
      framework: "services",
      image: testImage,
      command: ["sleep", "600"],
      env: {},
      labels: {},
      cpus: 0.25,
      memMiB: 32,
      ports: [],
      network: "bridge",
      health: undefined,
      killGraceMs: 1000,
      catalogName: undefined,
      ...more,
    };
  }

  inspect(task: TaskSpec, format: string): unknown {
    return JSON.parse(docker("inspect", "--format", `{{json ${format}}}`, `covey-${task.id}`));
  }

  ids(): string[] {
    const ids = docker("ps", "-aq", "--filter", `label=covey.cluster=${this.cluster}`);
    return ids === "" ? [] : ids.split("\n");
  }

  cleanUp(): void {
    const ids = this.ids();
    if (ids.length > 0) docker("rm", "--force", "--volumes", ...ids);
    const mine = ["--filter", `label=covey.cluster=${this.cluster}`];
    const networks = docker("network", "ls", "--quiet", ...mine);
    if (networks !== "") docker("network", "rm", ...networks.split("\n"));
  }

  log(): Log {
    const log: Log = {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => void this.warnings.push(message),
      error: (message) => void this.warnings.push(message),
      with: () => log,
    };
    return log;
  }
}

/** Resolves when `probe` gives something; asks every 5 ms, and fails with `what` at the deadline. */
export async function eventually<T>(
  what: string,
  deadlineMs: number,
  probe: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  while (performance.now() < endMs) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not within ${deadlineMs} ms: ${what}`);
}
