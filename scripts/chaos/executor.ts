import type { Lab } from "../lab/lab";
import type { LabHost } from "../lab/lab-host";
import { waitFor } from "../wait";
import type { Fault } from "./fault";

const dataDirs = "/var/lib/covey/*/*/";
const restartedWithinMs = 30_000;
/** How long whatever starts a host's agent by itself is given for it. */
const startsItselfWithinMs = 3000;

/** In the host: process ids of Consul, of the agent, of the supervisor. None of them finds the shell that looks. */
const find = {
  consul: "pgrep -f '^[^ ]*consul agent -config-file='",
  agent: "pgrep -f ' [c]ovey.js agent --config'",
  supervisor: "pgrep -f '^[^ ]*sh [^ ]*supervise.sh '",
} as const;

/** As the provider starts it: in a session of its own, with nothing of ours. */
const startAgents = `for data in ${dataDirs}; do
  [ -f "$data/supervise.sh" ] || continue
  setsid env -i PATH="$PATH" HOME=/root sh "\${data%/}/supervise.sh" "$(cat "$data/runtime")" </dev/null >/dev/null 2>&1 &
done`;
/** Its own containerd ends with it when it is told to end. */
const stopEngine = "pkill -TERM -x dockerd; while pgrep -x dockerd >/dev/null; do sleep 0.1; done";
const startEngine =
  "rm -f /var/run/docker.pid; setsid dockerd </dev/null >>/var/log/dockerd.log 2>&1 &";

/** Does faults to a lab whose hosts have agents, and takes them back. */
export class Executor {
  /** Whose engine we have stopped. */
  readonly #withoutEngine = new Set<string>();

  constructor(
    readonly lab: Lab,
    readonly signal: AbortSignal,
  ) {}

  async begin({ kind, hosts: names }: Fault): Promise<void> {
    const hosts = names.map((name) => this.lab.host(name));
    switch (kind) {
      case "power cut":
        await each(hosts, (host) => host.kill());
        return;
      case "freeze":
        await each(hosts, (host) => host.freeze());
        return;
      case "cut":
        this.lab.cut(names);
        return;
      case "cut in":
      case "cut out":
        this.lab.cut(names, kind === "cut in" ? "in" : "out");
        return;
      case "dockerd restart":
        for (const name of names) this.#withoutEngine.add(name);
        await each(hosts, (host) => shell(host, stopEngine));
        return;
      case "consul kill":
      case "agent kill":
        await each(hosts, (host) => killOne(host, kind === "agent kill" ? "agent" : "consul"));
    }
  }

  async end({ kind, hosts }: Fault): Promise<void> {
    if (kind === "cut" || kind === "cut in" || kind === "cut out") this.lab.heal(hosts);
    else await each(hosts, (name) => this.#mend(name));
  }

  /** Whatever there is of faults. */
  async endAll(): Promise<void> {
    await each(
      this.lab.hosts.map(({ name }) => name),
      (name) => this.#mend(name),
    );
    this.lab.heal();
  }

  async #mend(name: string): Promise<void> {
    const host = this.lab.host(name);
    if (!host.isUp) await this.#boot(host);
    if (host.processes.isFrozen()) host.thaw();
    if (this.#withoutEngine.delete(name)) await shell(host, startEngine);
  }

  async #boot(host: LabHost): Promise<void> {
    await this.lab.boot(host.name, this.signal);
    const runs = async (): Promise<true | undefined> =>
      (await host.exec(["sh", "-c", find.supervisor])).code === 0 ? true : undefined;
    const options = { what: `the agent of ${host.name}`, everyMs: 200, signal: this.signal };
    try {
      await waitFor({ ...options, deadlineMs: startsItselfWithinMs }, runs);
    } catch {
      this.signal.throwIfAborted();
      await shell(host, startAgents);
      await waitFor({ ...options, deadlineMs: restartedWithinMs }, runs);
    }
  }
}

/** One that its supervisor is about to start again has nothing to be killed: then it is waited for. */
async function killOne(host: LabHost, which: "agent" | "consul"): Promise<void> {
  const options = { what: `${which} of ${host.name}`, deadlineMs: restartedWithinMs, everyMs: 200 };
  await waitFor(options, async () => {
    const { code } = await host.exec(["sh", "-c", `pids=$(${find[which]}) && kill -KILL $pids`]);
    return code === 0 ? true : undefined;
  });
}

async function shell(host: LabHost, script: string): Promise<void> {
  const { code, stderr } = await host.exec(["sh", "-c", script]);
  if (code !== 0) throw new Error(`on ${host.name}: ${stderr.trim()}`);
}

async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(all.map(act));
}
