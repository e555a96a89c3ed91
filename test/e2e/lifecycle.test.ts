/** Every resource through the framework's recipe: plan, apply, empty plan, refresh, empty plan, import, update, destroy. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  proveLifecycle,
  TerraformWorkspace,
  type Configuration,
  type StateValues,
} from "../../provider/src/plugin/testing";
import type { RoleView } from "@covey/agent/contract";
import { describeWith, dockerProbe } from "../../agent/test/fakes/needs";
import { run } from "../../scripts/command";
import {
  agentBundle,
  providerBundle,
  providerLibraries,
  providerSource,
} from "../../scripts/paths";
import { processesOf } from "../../scripts/demo/processes";
import { projectEnvironment } from "../../scripts/project-environment";
import { OneNode } from "./one-node";

jest.setTimeout(300_000);

describeWith("docker", dockerProbe, "through the real terraform", () => {
  const place = new OneNode("proof", "127.78.9.1");
  const terraform = new TerraformWorkspace({
    bundle: providerBundle,
    files: [agentBundle, providerLibraries],
    address: providerSource,
    environment: { PATH: projectEnvironment()["PATH"] ?? "" },
  });
  const joinKeyFile = join(terraform.directory, "join-key");

  beforeAll(async () => {
    terraform.configure(cluster());
    await terraform.init();
  });

  afterAll(async () => {
    await terraform.destroy();
    terraform.remove();
    place.remove();
  });

  it("covey_cluster lives from create to destroy", async () => {
    await proveLifecycle(terraform, {
      address: "covey_cluster.c",
      config: cluster(),
      update: { config: cluster({ voters: { n1: "127.78.9.2" } }) },
      import: { id: joinKeyFile },
      check: {
        created: keepJoinKey,
        updated: ({ endpoints }) => {
          expect(endpoints).toEqual(["https://127.78.9.2:7440"]);
        },
      },
    });
  });

  it("covey_node lives from create to destroy, its agent with it", async () => {
    await proveLifecycle(terraform, {
      address: "covey_node.n1",
      config: withNode(),
      update: { config: withNode({ attributes: { rack: "r2" } }) },
      import: { id: place.dataDir },
      check: {
        created: async (node) => {
          expect(node).toMatchObject({ id: "proof/n1", status: "alive" });
          await rememberKeys();
        },
        destroyed: () => {
          expect(processesOf(place.folder)).toEqual([]);
          expect(existsSync(place.dataDir)).toBe(false);
        },
      },
    });
  });

  it("covey_service lives from create to destroy, its containers with it", async () => {
    await proveLifecycle(terraform, {
      address: "covey_service.web",
      config: withService(),
      update: { config: withService({ instances: 2, env: { COLOUR: "blue" } }) },
      import: { id: "web" },
      check: {
        created: async (service) => {
          expect(service).toMatchObject({ id: "proof/web", healthy: 1 });
          expect(await containers()).toBe(1);
          await rememberKeys();
        },
        updated: ({ healthy }) => {
          expect(healthy).toBe(2);
        },
        destroyed: async () => {
          expect(await containers()).toBe(0);
        },
      },
    });
  });

  it("covey_role lives from create to destroy, and the cluster has been told", async () => {
    await proveLifecycle(terraform, {
      address: "covey_role.web",
      config: withRole({ weight: 2, guarantee: { cpus: 1, memory_mib: 64 } }),
      update: { config: withRole({ weight: 3, limit: { cpus: 2 } }) },
      import: { id: "eng/web" },
      check: {
        created: async (role) => {
          expect(role).toMatchObject({ id: "proof/eng/web", weight: 2 });
          await rememberKeys();
          expect(await stated()).toEqual([
            expect.objectContaining({ weight: 2, guarantee: { cpus: 1, memMiB: 64 }, limit: {} }),
          ]);
        },
        updated: async () => {
          expect(await stated()).toEqual([
            expect.objectContaining({ weight: 3, guarantee: {}, limit: { cpus: 2 } }),
          ]);
        },
      },
    });
  });

  it("covey_role is taken back at the cluster where only it is destroyed", async () => {
    terraform.configure(withRole({ weight: 2 }));
    await terraform.apply();
    expect(await stated()).toHaveLength(1);
    terraform.configure(withNode({ attributes: undefined }));
    await terraform.apply();
    expect(await stated()).toEqual([]);
  });

  /** Roles the cluster has been told something of, as its own command says. */
  async function stated(): Promise<unknown[]> {
    const env = { ...projectEnvironment(), COVEY_CONFIG: join(place.dataDir, "agent.json") };
    const roles = JSON.parse(await run("covey", ["roles", "--json"], { env })) as RoleView[];
    return roles.filter((role) => role.stated);
  }

  function keepJoinKey(of: StateValues): void {
    writeFileSync(joinKeyFile, String(of["join_key"]), { mode: 0o600 });
  }

  /** For imports: they find the cluster by its keys. */
  async function rememberKeys(): Promise<void> {
    const values = (await terraform.state())["covey_cluster.c"]?.values ?? {};
    keepJoinKey(values);
    terraform.environment["COVEY_JOIN_KEY_FILE"] = joinKeyFile;
    terraform.environment["COVEY_ACCESS_KEY"] = String(values["access_key"]);
  }

  function cluster(more: Record<string, unknown> = {}): Configuration {
    return written({ covey_cluster: { c: place.cluster(more) } });
  }

  function withNode(more: Record<string, unknown> = {}): Configuration {
    return written({
      covey_cluster: { c: place.cluster() },
      covey_node: { n1: place.node({ attributes: { rack: "r1" }, ...more }) },
    });
  }

  function withRole(more: Record<string, unknown>): Configuration {
    const role = {
      name: "eng/web",
      cluster: "${covey_cluster.c.access_key}",
      depends_on: ["covey_node.n1"],
    };
    return written({
      covey_cluster: { c: place.cluster() },
      covey_node: { n1: place.node() },
      covey_role: { web: { ...role, ...more } },
    });
  }

  function withService(more: Record<string, unknown> = {}): Configuration {
    return written({
      covey_cluster: { c: place.cluster() },
      covey_node: { n1: place.node() },
      covey_service: { web: place.service(more) },
    });
  }
});

function written(resource: Record<string, unknown>): Configuration {
  return { terraform: { required_providers: { covey: { source: "covey/covey" } } }, resource };
}

async function containers(): Promise<number> {
  const filter = ["--filter", "label=covey.cluster=proof"];
  return (await run("docker", ["ps", "-q", ...filter])).split("\n").filter(Boolean).length;
}
