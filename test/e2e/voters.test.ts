import type { ServiceInput, VotersView } from "../../agent/src/contract/index";
import { consulProbe } from "../../agent/test/consul/consul-binary";
import { buildTestImage, engineProbe } from "../../agent/test/docker/engine";
import { describeWith } from "../../agent/test/fakes/needs";
import { LocalAgents } from "../../scripts/lab/local-agents";
import { waitFor } from "../../scripts/wait";

const net = `127.89.${100 + (process.pid % 100)}`;
const image = "covey-test-busybox:1";

function sleeper(name: string, instances: number): ServiceInput {
  return { name, image, instances, command: ["sleep", "600"], cpus: 0.1, memMiB: 16 };
}

// Five agents, each with its Consul, on a machine that others use too.
jest.setTimeout(300_000);

describeWith("Docker", engineProbe, "voters that change", () => {
  describeWith("Consul", consulProbe, "among five real agents, three of them voters", () => {
    const cluster = new LocalAgents({ title: "voters", net, count: 5, voters: 3 });
    let tasks: string[] = [];
    /** The master of the beginning; a voter that is replaced; the one that stays. */
    let first = "";
    let replaced = "";
    let stays = "";

    beforeAll(async () => {
      buildTestImage();
      await cluster.startAll();
      await cluster.withClient(async (client) => {
        await client.putService(sleeper("web", 3), longCall());
        await running(cluster, "web", 3);
        first = (await client.status()).master?.name ?? "";
      });
      [replaced = "", stays = ""] = ["n1", "n2", "n3"].filter((name) => name !== first);
      tasks = cluster.containers();
      expect(tasks).toHaveLength(3);
    });
    afterAll(() => cluster.close());

    test("are not asked of a node that nobody knows", async () => {
      const asked = cluster.withClient((client) => client.setVoters(["n1", "n2", "n9"]));
      await expect(asked).rejects.toThrow(
        "there is no node 'n9', so it cannot become a voter; there are: n1, n2, n3, n4, n5",
      );
    });

    test("one is replaced once the other has been fit for ten seconds, and the wait is said", async () => {
      const wanted = [first, stays, "n4"];
      const told = cluster.command("n5", "voters", "set", ...wanted);
      expect(told).toContain(`wanted: ${[...wanted].sort().join(", ")}`);
      const waits = await voters(cluster, "the wait", ({ doing }) => doing?.includes("fit for"));
      expect(waits.doing).toMatch(/^n4 has been fit for \d of 10 s$/);
      expect(waits.voters.find(({ name }) => name === "n4")).toMatchObject({ state: "joining" });
      expect(waits.electorate).toEqual({ term: 0, version: 0 });
      await settled(cluster, wanted);
      expect(cluster.command("n5", "voters")).toMatch(/^n4 +voter /m);
      expect(cluster.log(replaced)).toContain('"electorate"');
      expect(cluster.containers()).toEqual(tasks);
    });

    test("the new ones alone elect the next master, which accepts writes; no task is touched", async () => {
      const { term } = await cluster.withClient((client) => client.status());
      // Of the three that were declared one is left: with the old voters nobody could be elected.
      cluster.signal(replaced, "SIGKILL");
      cluster.signal(first, "SIGKILL");
      const rest = [stays, "n4", "n5"];
      const next = await waitFor({ what: "a successor", deadlineMs: 60_000 }, () =>
        cluster.withClient(
          async (client) => {
            const { master, term: now } = await client.status();
            return master && now > term ? master.name : undefined;
          },
          ...rest,
        ),
      );
      expect([stays, "n4"]).toContain(next);
      await cluster.withClient(
        (client) => client.putService(sleeper("late", 1), longCall()),
        ...rest,
      );
      await running(cluster, "late", 1, ...rest);
      expect(cluster.containers()).toEqual(expect.arrayContaining(tasks));
    });

    test("one that is dead is waited for, with the reason, and becomes a voter when it is back", async () => {
      const rest = [stays, "n4"];
      cluster.signal("n5", "SIGKILL");
      await waitFor({ what: "n5 to be dead", deadlineMs: 90_000 }, () =>
        cluster.withClient(
          async (client) => {
            const found = (await client.nodes()).find(({ name }) => name === "n5");
            return found?.status === "dead" ? true : undefined;
          },
          ...rest,
        ),
      );
      const wanted = [stays, "n4", "n5"];
      const asked = cluster.withClient((client) => client.setVoters(wanted, longCall()), ...rest);
      expect(await asked).toMatchObject({ wanted: [...wanted].sort() });
      const held = await voters(cluster, "the reason", ({ doing }) => doing, ...rest);
      expect(held.doing).toBe("n5 is dead in the mesh");
      expect(held.voters.find(({ name }) => name === "n5")).toMatchObject({ state: "joining" });
      cluster.start("n5");
      await settled(cluster, wanted, ...rest);
    });

    test("those that are none any more follow the new master when they come back, and are not asked", async () => {
      for (const name of [first, replaced]) cluster.start(name);
      for (const name of [first, replaced])
        await waitFor({ what: `${name} to follow`, deadlineMs: 90_000 }, () =>
          cluster.withClient(async (own) => {
            const { attached } = await own.agent();
            const status = await own.status();
            const known = status.voters.map((voter) => voter.name).sort();
            const knows = known.join() === [stays, "n4", "n5"].sort().join();
            return attached && knows ? true : undefined;
          }, name),
        );
      const { master } = await cluster.withClient((client) => client.status());
      expect([stays, "n4", "n5"]).toContain(master?.name);
      // What was replaced while they were dead is removed there.
      await running(cluster, "web", 3);
      await running(cluster, "late", 1);
    });
  });
});

function longCall(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(120_000) };
}

async function running(cluster: LocalAgents, service: string, count: number, ...names: string[]) {
  const what = `${count} tasks of ${service}`;
  await waitFor({ what, deadlineMs: 90_000, everyMs: 200 }, () =>
    cluster.withClient(
      async (client) => {
        const found = await client.tasks(service);
        const up = found.filter(({ state }) => state === "TASK_RUNNING");
        return up.length === count ? true : undefined;
      },
      ...names,
    ),
  );
}

/** The first view of which this is so. */
async function voters(
  cluster: LocalAgents,
  what: string,
  holds: (view: VotersView) => unknown,
  ...names: string[]
): Promise<VotersView> {
  return waitFor({ what, deadlineMs: 90_000, everyMs: 200 }, () =>
    cluster.withClient(
      async (client) => {
        const view = await client.voters();
        return holds(view) ? view : undefined;
      },
      ...names,
    ),
  );
}

/** These are the voters, all of them have acknowledged it, and nothing is under way any more. */
async function settled(
  cluster: LocalAgents,
  wanted: readonly string[],
  ...names: string[]
): Promise<void> {
  const expected = [...wanted].sort().join();
  await voters(
    cluster,
    `${expected} to vote`,
    (view) =>
      view.doing === undefined &&
      view.voters.map(({ name }) => name).join() === expected &&
      view.voters.every(({ state, acknowledged }) => state === "voter" && acknowledged),
    ...names,
  );
}
