import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../wait";
import type { NetworkNamespace } from "./network-namespace";

const port = 5000;
const answersWithinMs = 10_000;
const callWithinMs = 2000;

/** Debian's docker-registry at the lab's switch, with the images in the lab's folder. */
export class Registry {
  /** Under which hosts know it. */
  static readonly hostName = "registry.lab";
  static readonly name = `${Registry.hostName}:${port}`;
  readonly #folder: string;

  constructor(
    labFolder: string,
    readonly address: string,
  ) {
    this.#folder = join(labFolder, "registry");
  }

  get url(): string {
    return `http://${this.address}:${port}`;
  }

  async start(program: string, network: NetworkNamespace, signal?: AbortSignal): Promise<void> {
    mkdirSync(this.#folder, { mode: 0o700 });
    const config = join(this.#folder, "config.json");
    writeFileSync(config, JSON.stringify(this.#settings()));
    const [nsenter, ...args] = network.command(program, "serve", config);
    const log = openSync(join(this.#folder, "log"), "a");
    const child = spawn(nsenter, args, {
      detached: true,
      cwd: "/",
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", log, log],
    });
    child.on("error", () => undefined);
    child.unref();
    closeSync(log);
    const options = { what: "the registry to answer", deadlineMs: answersWithinMs, signal };
    try {
      await waitFor(options, async () => {
        const answer = await fetch(`${this.url}/v2/`, {
          signal: AbortSignal.timeout(callWithinMs),
        });
        return answer.ok ? true : undefined;
      });
    } catch (error) {
      const said = readFileSync(join(this.#folder, "log"), "utf8").trim().split("\n").slice(-3);
      throw new Error([`the registry ${program} does not answer`, ...said].join("\n"), {
        cause: error,
      });
    }
  }

  /** JSON is YAML. */
  #settings(): Record<string, unknown> {
    return {
      version: "0.1",
      log: { level: "warn" },
      storage: { filesystem: { rootdirectory: join(this.#folder, "images") } },
      http: { addr: `${this.address}:${port}` },
    };
  }
}
