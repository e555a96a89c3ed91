/** A cluster of containers through the real Terraform: each node an engine, a Consul and an agent of its own. */
import { run } from "../../scripts/command";
import { ensureNodeImage } from "../../scripts/images/node-image";
import { waitFor } from "../../scripts/wait";
import { DockerCluster } from "./docker-cluster";
import { expectDone } from "./terraform-project";

const nodes = ["n1", "n2", "n3"] as const;
const place = new DockerCluster("dkt1", "10.214.21", nodes);
const { project } = place;

beforeAll(async () => {
  await ensureNodeImage(() => undefined);
  place.write({ web: place.service() });
  expectDone(await project.init());
}, 600_000);

afterAll(async () => {
  expectDone(await project.destroy());
  project.remove();
}, 240_000);

/** Two instances answer, each as itself. */
function bothAnswer(node: string): Promise<readonly string[]> {
  return waitFor({ what: `two answers by the DNS of ${node}`, deadlineMs: 60_000 }, async () => {
    const answers = await place.answers("web", node);
    return new Set(answers).size === 2 ? answers : undefined;
  });
}

describe("a cluster whose nodes are containers", () => {
  it("comes up with its service, and the next plan is empty", async () => {
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(project.attributes("covey_service", "web")).toMatchObject({ healthy: 2 });
    for (const node of nodes) expect(await bothAnswer(node)).toHaveLength(2);
  }, 300_000);

  it("changes a node's limits without restarting its container or a task", async () => {
    const before = await Promise.all(nodes.map((node) => place.identity(node)));
    const tasks = await Promise.all(nodes.map((node) => place.tasks(node)));
    place.write({ web: place.service() }, { memory_mib: 1200 });
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await Promise.all(nodes.map((node) => place.identity(node)))).toEqual(before);
    expect(await Promise.all(nodes.map((node) => place.tasks(node)))).toEqual(tasks);
  }, 240_000);

  it("is imported by its name: the next apply sets in place what the container does not tell, and restarts nothing", async () => {
    const before = await Promise.all(nodes.map((node) => place.identity(node)));
    const tasks = await Promise.all(nodes.map((node) => place.tasks(node)));
    expectDone(await project.terraform("state", "rm", "covey_node.n2"));
    expectDone(await project.terraform("import", "covey_node.n2", `docker://${place.name}/n2`));
    const planned = await project.plan();
    expect(planned.code).toBe(2);
    expect(planned.text).toContain("Plan: 0 to add, 1 to change, 0 to destroy");
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await Promise.all(nodes.map((node) => place.identity(node)))).toEqual(before);
    expect(await Promise.all(nodes.map((node) => place.tasks(node)))).toEqual(tasks);
  }, 240_000);

  it("has a node back with its tasks after its container is restarted, and touches no other", async () => {
    const counts = await Promise.all(nodes.map((node) => place.tasks(node)));
    const busy = nodes.find((_, index) => (counts[index]?.length ?? 0) > 0) ?? "n1";
    const others = nodes.filter((node) => node !== busy);
    const before = await Promise.all(others.map((node) => place.identity(node)));
    await run("docker", ["restart", place.container(busy)], { deadlineMs: 90_000 });
    await bothAnswer(busy);
    await waitFor({ what: "two tasks and an empty plan", deadlineMs: 60_000 }, async () => {
      const now = await Promise.all(nodes.map((node) => place.tasks(node)));
      return now.flat().length === 2 ? true : undefined;
    });
    expectDone(await project.plan());
    expect(await Promise.all(others.map((node) => place.identity(node)))).toEqual(before);
  }, 240_000);

  it("shows a container that was removed by hand as down, and makes it again over its volume", async () => {
    await run("docker", ["rm", "-f", place.container("n3")]);
    const planned = await project.plan();
    expect(planned).toMatchObject({ code: 2 });
    expect(planned.text).toMatch(/status\s+= "down" -> "alive"/);
    expectDone(await project.apply());
    expectDone(await project.plan());
    await bothAnswer("n3");
  }, 240_000);

  it("leaves no container, volume or network when it is destroyed", async () => {
    expect(await place.remains()).toHaveLength(3 + 3 + 1 + 1);
    expectDone(await project.destroy());
    expect(await place.remains()).toEqual([]);
  }, 240_000);
});
