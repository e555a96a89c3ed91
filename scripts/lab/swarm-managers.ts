import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { docker } from "../../agent/test/docker/engine";
import { findProgram } from "../programs";
import { waitFor } from "../wait";
import { cgroupsOf, removeCgroups } from "./cgroups";
import { EngineHost } from "./engine-host";
import { mountsBelow, unmountBelow } from "./mounts";
import { NetworkNamespace } from "./network-namespace";
import { probeService, sleepers, type Service, type SwarmNode, type Task } from "./swarm-api";

const programs = ["dockerd", "containerd", "ip", "nsenter", "unshare", "umount"];
const managers = 3;
/** In namespaces that nobody else is in: it meets no address of this machine. */
const net = "10.231.89";
const port = 2377;
const settledWithinMs = 60_000;
const tryEveryMs = 10;

/** undefined: all is there that it needs, besides the machine's own engine. */
export function missingForSwarm(): string | undefined {
  if (process.getuid?.() !== 0) return "network namespaces are made by root alone";
  const absent = programs.filter((program) => findProgram(program) === undefined);
  return absent.length === 0 ? undefined : `not found: ${absent.join(", ")}`;
}

/**
 * Three managers of a Docker Swarm on this machine, each an engine in a network namespace; a bridge in a fourth connects
 * them. Raft's times are Docker's own: a heartbeat a second, an election after ten to twenty without. `close` leaves
 * nothing behind, at whatever point of the start: processes, namespaces, mounts, cgroups, folders.
 */
export class SwarmManagers {
  readonly folder = mkdtempSync(join(tmpdir(), "covey-swarm-"));
  readonly hosts: readonly EngineHost[];
  readonly #switch = new NetworkNamespace(join(this.folder, "switch"));

  /** `signal` ends what is waited for. */
  constructor(readonly signal?: AbortSignal) {
    this.hosts = Array.from({ length: managers }, (_, index) => {
      const folder = join(this.folder, `h${index + 1}`);
      const address = `${net}.${index + 1}`;
      return new EngineHost({ address, folder, cgroup: basename(this.folder), signal });
    });
  }

  /** All are managers and reachable, `tasks` containers of the image run; it comes from the machine's own engine. */
  async startAll(image: string, tasks: number): Promise<void> {
    this.#connect();
    await Promise.all(this.hosts.map((host) => host.start()));
    await this.#loadImage(image);
    await this.#join();
    await this.settled();
    const [first] = this.hosts;
    await first?.call("POST", "/services/create", { body: probeService(image) });
    await first?.call("POST", "/services/create", { body: sleepers(image, tasks) });
    await this.#wait("the tasks", 200, async () => {
      const all = (await first?.call("GET", "/tasks")) as readonly Task[];
      return all.filter(({ Status }) => Status.State === "running").length === tasks;
    });
  }

  /** As those that live see it: of all, or of those given. */
  async leader(asked = this.hosts): Promise<EngineHost> {
    const [nodes = []] = await this.#nodes(asked);
    const leader = nodes.find(({ ManagerStatus }) => ManagerStatus?.Leader);
    const found = this.hosts.find(
      ({ address }) => `${address}:${port}` === leader?.ManagerStatus?.Addr,
    );
    if (!found) throw new Error("there is no leader");
    return found;
  }

  /** Every manager answers, and says that all are reachable. */
  async settled(): Promise<void> {
    await this.#wait("all managers to be reachable", 50, async () => {
      const views = await this.#nodes(this.hosts);
      return views.every((nodes) => nodes.length === managers && nodes.every(isReachable));
    });
  }

  /**
   * Tried at all these managers at once until the first accepts: it is in the log of a majority then. Nothing is started
   * by it.
   */
  async writeAccepted(hosts: readonly EngineHost[], label: string): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, ...(this.signal ? [this.signal] : [])]);
    const options = { what: "a write to be accepted", deadlineMs: settledWithinMs, signal };
    try {
      await Promise.any(
        hosts.map((host) =>
          waitFor({ ...options, everyMs: tryEveryMs }, () => write(host, label, signal)),
        ),
      );
    } catch (error) {
      throw error instanceof AggregateError ? error.errors[0] : error;
    } finally {
      done.abort();
    }
  }

  /** Process ids of all that runs for it. */
  processIds(): readonly number[] {
    return this.hosts.flatMap(({ network }) => network.processes().map(({ pid }) => pid));
  }

  /** What is there of it on this machine, apart from processes. */
  remains(): readonly string[] {
    const folder = existsSync(this.folder) ? [this.folder] : [];
    return [...mountsBelow(this.folder), ...cgroupsOf(basename(this.folder)), ...folder];
  }

  async close(): Promise<void> {
    for (const host of this.hosts) await host.close();
    await unmountBelow(this.folder);
    await removeCgroups(basename(this.folder));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #connect(): void {
    this.#switch.create();
    this.#switch.run("ip", "link", "add", "br0", "up", "type", "bridge");
    for (const [index, host] of this.hosts.entries()) {
      const cable = `h${index + 1}`;
      host.create();
      host.network.connect("eth0", this.#switch, cable);
      this.#switch.run("ip", "link", "set", cable, "up", "master", "br0");
      host.network.run("ip", "address", "add", `${host.address}/24`, "dev", "eth0");
      host.network.run("ip", "link", "set", "eth0", "up");
    }
  }

  async #loadImage(image: string): Promise<void> {
    const archive = join(this.folder, "image.tar");
    docker("save", "--output", archive, image);
    const body = readFileSync(archive);
    await Promise.all(
      this.hosts.map((host) => host.call("POST", "/images/load?quiet=1", { body })),
    );
  }

  async #join(): Promise<void> {
    const [first, ...others] = this.hosts;
    if (!first) return;
    const addresses = ({ address }: EngineHost): Record<string, string> => ({
      ListenAddr: `${address}:${port}`,
      AdvertiseAddr: address,
    });
    await first.call("POST", "/swarm/init", { body: { ...addresses(first), Spec: {} } });
    const swarm = (await first.call("GET", "/swarm")) as { JoinTokens: { Manager: string } };
    const how = { JoinToken: swarm.JoinTokens.Manager, RemoteAddrs: [`${first.address}:${port}`] };
    // One after the other: a member more changes the majority that has to accept the next.
    for (const host of others)
      await host.call("POST", "/swarm/join", { body: { ...addresses(host), ...how } });
  }

  #nodes(hosts: readonly EngineHost[]): Promise<readonly (readonly SwarmNode[])[]> {
    return Promise.all(
      hosts.map(async (host) => (await host.call("GET", "/nodes")) as readonly SwarmNode[]),
    );
  }

  async #wait(what: string, everyMs: number, look: () => Promise<boolean>): Promise<void> {
    const options = { what, deadlineMs: settledWithinMs, everyMs, signal: this.signal };
    await waitFor(options, async () => ((await look()) ? true : undefined));
  }
}

function isReachable({ Status, ManagerStatus }: SwarmNode): boolean {
  return Status.State === "ready" && ManagerStatus?.Reachability === "reachable";
}

/** Read and written at the same manager, which passes both on to the leader: no leader, no answer. */
async function write(host: EngineHost, label: string, signal: AbortSignal): Promise<true> {
  const { Spec, Version } = (await host.call("GET", "/services/probe", { signal })) as Service;
  const body = { ...Spec, Labels: { label } };
  const path = `/services/probe/update?version=${Version.Index}`;
  await host.call("POST", path, { body, signal });
  return true;
}
