/** The peer of the bench `master-kill`: real dockerds in network namespaces of their own, of which nothing may be left. */
import { existsSync, readdirSync } from "node:fs";
import { buildTestImage, engineProbe } from "../../agent/test/docker/engine";
import { describeWith } from "../../agent/test/fakes/needs";
import { processes } from "../../scripts/demo/processes";
import { mountsBelow } from "../../scripts/lab/mounts";
import { missingForSwarm, SwarmManagers } from "../../scripts/lab/swarm-managers";

const image = "covey-test-busybox:1";
const tasks = 2;
/** By name: whether a bridge counts as running follows a second after what was connected to it. */
const interfaces = (): readonly string[] => readdirSync("/sys/class/net").sort();

const probe = (): string | undefined => missingForSwarm() ?? engineProbe();

/** Of the processes that ran for it, and of those that name its folder. */
function left(swarm: SwarmManagers, ids: readonly number[]): readonly string[] {
  return processes()
    .filter(({ pid, command }) => ids.includes(pid) || command.includes(swarm.folder))
    .map(({ pid, command }) => `${pid} ${command}`);
}

describeWith("root and dockerd", probe, "a swarm of three managers on one machine", () => {
  it("takes a write at another when the leader is killed, and leaves nothing behind", async () => {
    buildTestImage();
    const before = interfaces();
    const swarm = new SwarmManagers();
    let ids: readonly number[];
    let sockets: readonly string[];
    try {
      await swarm.startAll(image, tasks);
      // dockerd, containerd on each; a shim and a process for each task; perhaps a helper of theirs that is about to end.
      expect(swarm.processIds().length).toBeGreaterThanOrEqual(3 * 2 + tasks * 2);
      expect(mountsBelow(swarm.folder).length).toBeGreaterThan(4);
      const leader = await swarm.leader();
      const others = swarm.hosts.filter((host) => host !== leader);
      leader.killEngine();
      await swarm.writeAccepted(others, "killed");
      expect(others).toContain(await swarm.leader(others));
      ids = swarm.processIds();
      sockets = swarm.hosts.flatMap(({ network }) => network.sockets());
    } finally {
      await swarm.close();
    }
    expect(ids.length).toBeGreaterThan(3 + tasks);
    expect(left(swarm, ids)).toEqual([]);
    expect(sockets.length).toBeGreaterThan(0);
    expect(sockets.filter((path) => existsSync(path))).toEqual([]);
    expect(swarm.remains()).toEqual([]);
    expect(interfaces().filter((name) => !before.includes(name))).toEqual([]);
  }, 90_000);

  it("leaves nothing behind of a start that fails half-way", async () => {
    const swarm = new SwarmManagers();
    try {
      await expect(swarm.startAll("covey-no-such-image:1", 1)).rejects.toThrow(/no-such-image/);
      expect(swarm.processIds()).toHaveLength(3 * 2);
    } finally {
      await swarm.close();
    }
    expect(left(swarm, [])).toEqual([]);
    expect(swarm.remains()).toEqual([]);
  }, 60_000);
});
