/** A cluster that uses a Consul of one's own instead of managing one. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Resolver } from "node:dns/promises";
import { projectEnvironment } from "../../scripts/project-environment";
import { waitFor } from "../../scripts/wait";
import { OneNode } from "./one-node";
import { expectDone, TerraformProject } from "./terraform-project";

const place = new OneNode("ext", "127.78.4.1");
const project = new TerraformProject();
const resolver = new Resolver({ timeout: 1000, tries: 1 });
const consulAddress = "127.78.4.2";
let consul: ChildProcess;

beforeAll(async () => {
  resolver.setServers([`${consulAddress}:8600`]);
  const args = ["agent", "-dev", "-bind", consulAddress, "-client", consulAddress];
  consul = spawn("consul", [...args, "-disable-host-node-id"], {
    env: projectEnvironment(),
    stdio: "ignore",
  });
  await waitFor({ what: "Consul's own name", deadlineMs: 20_000 }, () =>
    resolver.resolve4("consul.service.consul"),
  );
  project.write({
    covey_cluster: {
      c: place.cluster({ consul: { mode: "external", address: `http://${consulAddress}:8500` } }),
    },
    covey_node: { n1: place.node() },
    covey_service: { web: place.service() },
  });
  await project.init();
}, 60_000);

afterAll(async () => {
  await project.destroy();
  consul.kill("SIGKILL");
  await once(consul, "close");
  project.remove();
  place.remove();
}, 120_000);

describe("with a Consul of one's own", () => {
  it("services are deployed into it, and found by its DNS", async () => {
    expectDone(await project.apply());
    expect(await resolver.resolve4("web.service.consul")).toEqual([place.address]);
    expect(await resolver.resolve4("master.covey.service.consul")).toEqual([place.address]);
    expectDone(await project.plan());
  }, 120_000);

  it("nothing of the cluster is left in its catalogue when it is destroyed", async () => {
    expectDone(await project.destroy());
    await expect(resolver.resolve4("web.service.consul")).rejects.toThrow("ENOTFOUND");
    await expect(resolver.resolve4("covey.service.consul")).rejects.toThrow("ENOTFOUND");
    expect(await resolver.resolve4("consul.service.consul")).toEqual([consulAddress]);
  }, 120_000);
});
