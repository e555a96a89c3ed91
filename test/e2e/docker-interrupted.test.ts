/** What is left of a node in a container when its apply is cut off, and when its engine is out of reach. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processes } from "../../scripts/demo/processes";
import { ensureNodeImage } from "../../scripts/images/node-image";
import { waitFor } from "../../scripts/wait";
import { DockerCluster } from "./docker-cluster";
import { expectDone } from "./terraform-project";

const place = new DockerCluster("dkt2", "10.214.22", ["n1"]);
const { project } = place;

beforeAll(async () => {
  await ensureNodeImage(() => undefined);
  place.write();
  expectDone(await project.init());
}, 600_000);

afterAll(async () => {
  place.write();
  // Where a node is not in the state, it is taken over first.
  if ((await place.remains()).length > 0) await project.apply();
  expectDone(await project.destroy());
  project.remove();
}, 240_000);

/** Until the node's container is there: the middle of an apply. Its network and its disk, of the same name, are there before. */
function containerIsThere(): Promise<string> {
  return waitFor({ what: "the container", deadlineMs: 60_000 }, () => place.containerId("n1"));
}

describe("an apply of a node in a container", () => {
  it("that is interrupted leaves a tainted node, which destroy cleans away", async () => {
    const apply = project.start("apply", "-auto-approve");
    await containerIsThere();
    apply.interrupt();
    expect((await apply.ended).code).toBe(1);
    expect(project.attributes("covey_node", "n1")).toMatchObject({ status: "down" });
    expectDone(await project.destroy());
    expect(await place.remains()).toEqual([]);
  }, 180_000);

  it("whose provider is killed is taken up by the next one, over what is there", async () => {
    const apply = project.start("apply", "-auto-approve");
    await containerIsThere();
    const ours = processes().filter(
      ({ directory, command }) =>
        directory === project.dir && command.includes("terraform-provider-covey"),
    );
    for (const { pid } of ours) process.kill(pid, "SIGKILL");
    expect(ours).not.toEqual([]);
    expect((await apply.ended).code).toBe(1);
    // Not its start: the provider may be killed before that, and then the next apply does it.
    const before = await place.containerId("n1");
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await place.containerId("n1")).toBe(before);
  }, 240_000);
});

describe("a node whose engine cannot be reached", () => {
  const here = "unix:///var/run/docker.sock";
  const nowhere = "tcp://127.0.0.1:1";

  it("is kept in the state as it was, with a warning", async () => {
    const before = project.attributes("covey_node", "n1");
    place.write({}, { host: nowhere });
    replaceInState(here, nowhere);
    const refreshed = await project.terraform("refresh");
    expectDone(refreshed);
    expect(refreshed.text).toMatch(/Node 'n1' cannot be looked at.*127.0.0.1:1.*kept as it was/);
    replaceInState(nowhere, here);
    expect(project.attributes("covey_node", "n1")).toEqual(before);
    place.write();
    expectDone(await project.plan());
  }, 120_000);
});

/** As if the engine had gone: the state says where it is. */
function replaceInState(text: string, by: string): void {
  const file = join(project.dir, "terraform.tfstate");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(text, by));
}
