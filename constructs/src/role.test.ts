import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Host, Size } from "./index";
import type { RoleProps } from "./index";

function cluster(): Cluster {
  return new Cluster(new TerraformStack(new App(), "stack"), "prod", { voters: 1 });
}

function roleWith(props: RoleProps): Record<string, unknown> | undefined {
  const made = cluster();
  made.addRole("eng/web", props);
  made.addNode("a", Host.local());
  const { resource } = JSON.parse(Testing.synth(TerraformStack.of(made))) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.values(resource["covey_role"] ?? {})[0];
}

describe("a role", () => {
  it("says in Terraform what its props say, and comes after the nodes", () => {
    const guarantee = { cpus: 2, memory: Size.gibibytes(4) };
    expect(roleWith({ weight: 2, guarantee, limit: { cpus: 8, gpus: 1 } })).toMatchObject({
      name: "eng/web",
      weight: 2,
      guarantee: { cpus: 2, memory_mib: 4096 },
      limit: { cpus: 8, gpus: 1 },
      depends_on: [expect.stringMatching(/^covey_node\./)],
    });
  });

  it("without props has weight 1 and no quota", () => {
    const role = roleWith({});
    expect(role).toMatchObject({ weight: 1 });
    expect(role).not.toHaveProperty("guarantee");
    expect(role).not.toHaveProperty("limit");
  });

  it.each([
    [{ weight: 0 }, /weight is 0, must be above zero/],
    [{ limit: { cpus: -1 } }, /limit.cpus is -1, must be 0 or more/],
    [{ guarantee: { gpus: 2 }, limit: { gpus: 1 } }, /limit.gpus is 1.*sets 2 aside/],
  ])("%j is refused", (props, why) => {
    expect(() => cluster().addRole("eng", props)).toThrow(why);
  });

  it("is said once", () => {
    const made = cluster();
    made.addRole("eng");
    expect(() => made.addRole("eng")).toThrow(/has a role 'eng' already/);
  });
});
