/** What happens to Terraform's state when things are killed around it. */
import { run } from "../../scripts/command";
import { processesOf } from "../../scripts/demo/processes";
import { waitFor } from "../../scripts/wait";
import { OneNode } from "./one-node";
import { expectDone, TerraformProject } from "./terraform-project";

const place = new OneNode("torn", "127.78.5.1");
const project = new TerraformProject();

beforeAll(async () => {
  place.write(project);
  await project.init();
}, 60_000);

afterAll(async () => {
  await project.destroy();
  project.remove();
  place.remove();
}, 120_000);

/** Ids and start times of the cluster's containers. */
async function containers(): Promise<string> {
  const ids = await run("docker", [
    "ps",
    "-q",
    "--no-trunc",
    "--filter",
    "label=covey.cluster=torn",
  ]);
  if (ids === "") return "";
  return run("docker", [
    "inspect",
    "-f",
    "{{.Id}} {{.State.StartedAt}}",
    ...ids.trim().split("\n"),
  ]);
}

describe("an apply that is interrupted", () => {
  it("while it makes a node: the node is in the state, and the next apply goes on", async () => {
    const apply = project.start("apply", "-auto-approve");
    await waitFor({ what: "the agent to be started", deadlineMs: 30_000 }, () =>
      Promise.resolve(processesOf(place.folder).length > 0 ? true : undefined),
    );
    apply.interrupt();
    const interrupted = await apply.ended;
    expect(project.attributes("covey_node", "n1")).toBeDefined();
    expect(interrupted.text).toMatch(/[Ii]nterrupt/);
    expectDone(await project.apply());
    expectDone(await project.plan());
  }, 180_000);

  it("while it waits for a service that never comes up: nothing is orphaned", async () => {
    place.write(project, { web: place.service({ command: ["sleep", "1000"] }) });
    const apply = project.start("apply", "-auto-approve");
    await waitFor({ what: "a container", deadlineMs: 30_000 }, async () =>
      (await containers()) === "" ? undefined : true,
    );
    apply.interrupt();
    expect((await apply.ended).code).toBe(1);
    expect(project.attributes("covey_service", "web")).toMatchObject({ name: "web" });
    place.write(project, { web: place.service() });
    expectDone(await project.apply());
    expect(project.attributes("covey_service", "web")).toMatchObject({ healthy: 1 });
  }, 180_000);
});

describe("a node whose agent and supervisor are killed", () => {
  it("is shown as drift; the next apply starts it again and restarts no container", async () => {
    const before = await containers();
    for (const { pid, command } of processesOf(place.folder))
      if (!command.includes("consul agent")) process.kill(pid, "SIGKILL");
    const planned = await project.plan();
    expect(planned).toMatchObject({ code: 2 });
    expect(planned.text).toMatch(/status\s+= "down" -> "alive"/);
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await containers()).toBe(before);
  }, 180_000);
});
