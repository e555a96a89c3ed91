import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { attempt, run } from "../command";
import { Lab } from "../lab/lab";
import { synthesizeExample } from "../lab/lab-example";
import type { LabHost } from "../lab/lab-host";
import { projectEnvironment } from "../project-environment";
import { waitFor } from "../wait";
import { seeContainers } from "./containers";
import type { Figure } from "./figure";
import { withScratch } from "./scratch";

const hosts = 5;
const tasksOfOne = 10;
/** Four hosts hold ten each; the fifth was the last to be killed, is back, and is empty. */
const instances = tasksOfOne * (hosts - 1);
const terraformWithinMs = 240_000;
const movedWithinMs = 60_000;

interface Kill {
  readonly goneMs: number;
  readonly runningMs: number;
  readonly healthyMs: number;
  readonly restarted: number;
}

/**
 * A lab of five hosts, a cluster on them over SSH: a host with ten tasks dies as by a power cut, voters and master in their turn. Time
 * runs until Consul's DNS at another host no longer names it, until the last of the ten has been started elsewhere (by the engines'
 * own clock), and until all are healthy in DNS. Then it is booted, and an apply brings its node back.
 */
export function runNodeKillBench(rounds: number): Promise<Figure[]> {
  return withScratch(async (signal) => {
    const folder = join(process.env["TMPDIR"] ?? "/tmp", "node-kill");
    mkdirSync(folder);
    const lab = new Lab(join(folder, "lab"));
    try {
      await lab.up({ hosts, diskMib: 4096, signal });
      await synthesizeExample(folder, lab.folder, instances);
      await terraform(folder, signal, "init");
      await terraform(folder, signal, "apply", "-auto-approve");
      // Eight on each at first: with one gone, ten on each of the others.
      await killAndBoot(lab, lab.host("h5"), folder, signal);
      const kills: Kill[] = [];
      for (let round = 1; round <= rounds; round++) {
        const victim = lab.host(`h${((round - 1) % hosts) + 1}`);
        kills.push(await killAndBoot(lab, victim, folder, signal));
        console.error(`round ${round}: ${JSON.stringify(kills.at(-1))}`);
      }
      return figuresOf(kills);
    } finally {
      await lab.down();
    }
  });
}

async function killAndBoot(
  lab: Lab,
  victim: LabHost,
  folder: string,
  signal: AbortSignal,
): Promise<Kill> {
  const others = lab.hosts.filter((host) => host.name !== victim.name);
  const before = await containersOf(others);
  const killedAt = Date.now();
  const killed = victim.kill();
  const options = { deadlineMs: movedWithinMs, everyMs: 50, signal };
  const [server] = others;
  if (!server) throw new Error("there is no other host");
  await waitFor({ ...options, what: `${victim.name} to be gone from DNS` }, async () =>
    (await lookUp(server, "A")).includes(victim.address) ? undefined : true,
  );
  const goneMs = Date.now() - killedAt;
  await waitFor({ ...options, what: "all tasks to be healthy" }, async () =>
    (await lookUp(server, "SRV")).length === instances ? true : undefined,
  );
  const healthyMs = Date.now() - killedAt;
  await killed;
  const after = await containersOf(others);
  const started = [...after.entries()]
    .filter(([id]) => !before.has(id))
    .map(([, startedAt]) => Date.parse(startedAt) - killedAt);
  const restarted = [...before].filter(([id, startedAt]) => after.get(id) !== startedAt).length;
  await lab.boot(victim.name, signal);
  await terraform(folder, signal, "apply", "-auto-approve");
  await waitFor({ ...options, what: "every agent to be in DNS" }, async () =>
    (await lookUp(victim, "A", "covey")).length === hosts ? true : undefined,
  );
  await waitFor({ ...options, what: "Consul to have its three voters" }, async () =>
    (await consulVoters(server)) === 3 ? true : undefined,
  );
  return { goneMs, runningMs: Math.max(...started), healthyMs, restarted };
}

interface RaftServers {
  readonly Servers: readonly { readonly Voter: boolean }[];
}

/**
 * Consul takes a dead server out and lets it vote again only when it has been back for about ten seconds: until then the death
 * of another takes the majority, and DNS says what it said before.
 */
async function consulVoters(server: LabHost): Promise<number> {
  const { stdout } = await server.exec(["sh", "-c", "cat /var/lib/covey/lab/*/consul/consul.json"]);
  const { acl } = JSON.parse(stdout) as { acl: { tokens: Readonly<Record<string, string>> } };
  const [token = ""] = Object.values(acl.tokens);
  const url = `http://${server.address}:8500/v1/operator/raft/configuration?stale=1`;
  const signal = AbortSignal.timeout(3000);
  const answer = await fetch(url, { headers: { "x-consul-token": token }, signal });
  const { Servers } = (await answer.json()) as RaftServers;
  return Servers.filter(({ Voter }) => Voter).length;
}

/** Over TCP: an answer by UDP may be cut. */
async function lookUp(server: LabHost, type: "A" | "SRV", service = "web"): Promise<string[]> {
  const flags = ["+tcp", "+short", "+tries=1", "+time=1"];
  const query = [`@${server.address}`, `${service}.service.consul`, type, ...flags];
  const answer = await attempt("dig", query, { deadlineMs: 3000 });
  if (answer.code !== 0) throw new Error(answer.stdout.trim());
  return answer.stdout.split("\n").filter((line) => line !== "");
}

/** Id and start of every task's container that runs. */
async function containersOf(on: readonly LabHost[]): Promise<Map<string, string>> {
  const lists = await Promise.all(
    on.map((host) => seeContainers((method, path) => host.engine(method, path))),
  );
  return new Map(lists.flat().map(({ Id, State }) => [Id, State.StartedAt]));
}

async function terraform(cwd: string, signal: AbortSignal, ...args: string[]): Promise<void> {
  const options = { cwd, env: projectEnvironment(), deadlineMs: terraformWithinMs, signal };
  await run("terraform", [...args, "-no-color"], options);
}

function figuresOf(kills: readonly Kill[]): Figure[] {
  const running = { unit: "ms", samples: kills.map(({ runningMs }) => runningMs) };
  const gone = { unit: "ms", samples: kills.map(({ goneMs }) => goneMs) };
  return [
    { ...running, name: "ten tasks running elsewhere: p50", goal: 5000 },
    { ...running, name: "ten tasks running elsewhere: p90", quantile: 0.9 },
    { ...gone, name: "dead host gone from DNS: p50", goal: 4000 },
    { ...gone, name: "dead host gone from DNS: p90", quantile: 0.9 },
    { name: "all healthy in DNS: p50", unit: "ms", samples: kills.map((one) => one.healthyMs) },
    {
      name: "other tasks restarted: most",
      unit: "",
      samples: kills.map(({ restarted }) => restarted),
      quantile: 1,
      goal: 1,
    },
  ];
}
