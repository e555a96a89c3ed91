import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Constraint, Host, Size } from "./index";
import type { LoadBalancerProps } from "./index";

function cluster(name = "prod"): Cluster {
  return new Cluster(new TerraformStack(new App(), "stack"), name, { voters: 1 });
}

function synthesised(made: Cluster): Record<string, unknown> | undefined {
  made.addNode("a", Host.local());
  const { resource } = JSON.parse(Testing.synth(TerraformStack.of(made))) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.values(resource["covey_load_balancer"] ?? {})[0];
}

describe("a load balancer", () => {
  it("says in Terraform what its props say, and comes after the nodes and the services it names", () => {
    const made = cluster();
    const web = made.addService("web", { image: "web", port: 80 });
    const db = made.addService("db", { image: "db", port: 5432 });
    made.addLoadBalancer("front", {
      listeners: [
        {
          port: 80,
          service: web,
          sticky: true,
          rules: [{ host: "*.a.org", path: "/db", service: db }],
        },
        { port: 5432, mode: "tcp", service: "other", balance: "source" },
      ],
      instances: 2,
      memory: Size.mebibytes(256),
      stats: { port: 8404, login: { user: "ops", password: "secret" } },
      constraints: [Constraint.like("edge", "yes")],
    });
    expect(synthesised(made)).toMatchObject({
      name: "front",
      instances: 2,
      memory_mib: 256,
      listeners: [
        {
          port: 80,
          service: "web",
          sticky: true,
          rules: [{ host: "*.a.org", path_prefix: "/db", service: "db" }],
        },
        { port: 5432, mode: "tcp", service: "other", balance: "source" },
      ],
      stats: { port: 8404, user: "ops", password: "secret" },
      constraints: [{ attribute: "edge", operator: "LIKE", value: "yes" }],
      depends_on: [
        expect.stringMatching(/^covey_service.*web/),
        expect.stringMatching(/^covey_service.*db/),
        expect.stringMatching(/^covey_node\./),
      ],
    });
  });

  it("says where it is found", () => {
    const front = cluster().addLoadBalancer("front", {
      listeners: [
        { port: 80, service: "web" },
        { port: 5432, mode: "tcp", service: "db" },
      ],
    });
    expect(front).toMatchObject({ hostname: "front.service.consul", ports: [80, 5432] });
    expect(front.url()).toBe("http://front.service.consul:80");
    expect(front.url(5432)).toBe("tcp://front.service.consul:5432");
    expect(() => front.url(81)).toThrow(/does not listen on port 81; it has 80, 5432/);
  });

  const service = "web";
  it.each<[Partial<LoadBalancerProps>, RegExp]>([
    [{ listeners: [] }, /has no listeners; give it one/],
    [{ listeners: [{ port: 0, service }] }, /port is 0, must be 1 to 65535/],
    [{ listeners: [{ port: 80 }] }, /listener 80 has no service and no rules; name/],
    [
      {
        listeners: [
          { port: 80, service },
          { port: 80, service },
        ],
      },
      /port 80 is taken twice; give/,
    ],
    [{ stats: { port: 80 } }, /port 80 is taken twice/],
    [{ instances: -1 }, /instances is -1, must be/],
    [{ listeners: [{ port: 80, service: "Web" }] }, /service 'Web': a name is/],
  ])("%j is refused", (props, why) => {
    expect(() =>
      cluster().addLoadBalancer("front", { listeners: [{ port: 80, service }], ...props }),
    ).toThrow(why);
  });

  it("cannot have hosts, paths and cookies where there are only bytes", () => {
    const front = (listener: object) => () =>
      cluster().addLoadBalancer("front", { listeners: [listener as { port: number }] });
    expect(front({ port: 1, mode: "tcp", service, sticky: true })).toThrow(/leave out sticky/);
    expect(front({ port: 1, service, rules: [{ service }] })).toThrow(/no host and no path/);
    const bytes = { port: 1, mode: "tcp", service } as const;
    // @ts-expect-error: the compiler says so, too.
    const refused: LoadBalancerProps = { listeners: [{ ...bytes, sticky: true }] };
    expect(refused.listeners).toHaveLength(1);
  });

  it("is a service among services, and balances those of its own cluster", () => {
    const made = cluster();
    made.addService("web", { image: "web" });
    const listeners = [{ port: 80, service }];
    made.addLoadBalancer("front", { listeners });
    expect(() => made.addLoadBalancer("web", { listeners })).toThrow(/has a service 'web' already/);
    expect(() => made.addService("front", { image: "x" })).toThrow(/has a load balancer 'front'/);
    const alien = cluster("other").addService("alien", { image: "x" });
    expect(() => made.addLoadBalancer("b", { listeners: [{ port: 80, service: alien }] })).toThrow(
      /'alien' is of another cluster/,
    );
  });
});
