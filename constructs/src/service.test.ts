import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Constraint, Health, Host, Size } from "./index";
import type { ServiceProps } from "./index";

function serviceWith(props: Omit<ServiceProps, "image">): Record<string, unknown> | undefined {
  const stack = new TerraformStack(new App(), "stack");
  const cluster = new Cluster(stack, "prod", { voters: 1 });
  cluster.addNode("a", Host.local());
  cluster.addService("web", { image: "nginx", ...props });
  const { resource } = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.values(resource["covey_service"] ?? {})[0];
}

describe("a service", () => {
  it("says in Terraform what its props say", () => {
    const service = serviceWith({
      instances: 3,
      cpus: 0.5,
      memory: Size.mebibytes(128),
      port: 80,
      health: Health.http("/ready", { intervalMs: 500 }),
      env: { MODE: "fast" },
      command: ["httpd", "-f"],
      constraints: [Constraint.unique("node"), Constraint.maxPer("rack", 2)],
    });
    expect(service).toMatchObject({
      name: "web",
      image: "nginx",
      instances: 3,
      cpus: 0.5,
      memory_mib: 128,
      ports: [{ name: "main", container_port: 80 }],
      health: { http: "/ready", port: "main", interval_ms: 500 },
      env: { MODE: "fast" },
      command: ["httpd", "-f"],
      constraints: [
        { attribute: "node", operator: "UNIQUE" },
        { attribute: "rack", operator: "MAX_PER", value: "2" },
      ],
    });
  });

  it("says when its image is pulled, where that is not the default", () => {
    expect(serviceWith({ pull: "always" })?.["pull"]).toBe("always");
    expect(serviceWith({ pull: "missing" })?.["pull"]).toBeUndefined();
  });

  it("says who pulls, and what its instances find in /run/secrets", () => {
    const registryAuth = { username: "u", password: "${var.password}" };
    const secrets = { DB: "${var.db}" };
    const service = serviceWith({ registryAuth, secrets });
    expect(service).toMatchObject({ registry_auth: registryAuth, secrets });
    expect(serviceWith({})?.["secrets"]).toBeUndefined();
  });

  it("says what is asked of Docker alone", () => {
    const service = serviceWith({
      container: {
        user: "nobody",
        capDrop: ["ALL"],
        tmpfs: { "/tmp": Size.mebibytes(16) },
        volumes: [{ source: "/srv", target: "/data", readOnly: true }],
        extraHosts: { db: "10.0.0.9" },
        logs: { maxSize: Size.mebibytes(1), maxFiles: 2 },
      },
    });
    expect(service?.["container"]).toEqual({
      user: "nobody",
      cap_drop: ["ALL"],
      tmpfs: [{ path: "/tmp", size_mib: 16 }],
      volumes: [{ source: "/srv", target: "/data", read_only: true }],
      extra_hosts: { db: "10.0.0.9" },
      logs: { max_size_mib: 1, max_files: 2 },
    });
  });

  it("refuses mounts that cannot be", () => {
    const volumes = [{ source: "srv", target: "/tmp" }];
    expect(() => serviceWith({ container: { volumes } })).toThrow(
      "service 'web': path 'srv' must be absolute",
    );
    const twice = { tmpfs: { "/a": Size.mebibytes(1) }, volumes: [{ source: "/b", target: "/a" }] };
    expect(() => serviceWith({ container: twice })).toThrow("two mounts have the target '/a'");
  });

  it("may have no instances: it is then stopped, not gone", () => {
    expect(serviceWith({ instances: 0 })).toMatchObject({ instances: 0 });
  });

  it("asks the first port where the health check names none", () => {
    const ports = [
      { name: "web", port: 80 },
      { name: "admin", port: 81, hostPort: 8081 },
    ];
    expect(serviceWith({ ports, health: Health.tcp() })?.["health"]).toEqual({
      tcp: true,
      port: "web",
    });
    expect(serviceWith({ ports, health: Health.tcp({ port: "admin" }) })?.["health"]).toEqual({
      tcp: true,
      port: "admin",
    });
  });

  it("asks by gRPC and by command too, and for readiness apart from health", () => {
    const service = serviceWith({
      port: 80,
      health: Health.command(["pg_isready"], { minSuccesses: 2 }),
      readiness: Health.grpc("web", { intervalMs: 500 }),
    });
    expect(service?.["health"]).toEqual({ command: ["pg_isready"], min_successes: 2 });
    expect(service?.["readiness"]).toEqual({ grpc: "web", port: "main", interval_ms: 500 });
  });

  it.each<[string, Omit<ServiceProps, "image">, string]>([
    [
      "patience of a readiness check",
      { port: 80, readiness: Health.tcp({ maxFailures: 2 }) },
      "readiness has no graceMs and no maxFailures",
    ],
    [
      "a health check without a port",
      { health: Health.http("/") },
      "health asks a port by http, but the service has no port",
    ],
    [
      "a health check of a port it has not",
      { port: 80, health: Health.tcp({ port: "admin" }) },
      "health asks port 'admin', but the ports are main",
    ],
    [
      "both port and ports",
      { port: 80, ports: [{ name: "a", port: 81 }] },
      "port is 80 and ports are a; give one of the two",
    ],
    [
      "two ports with one name",
      {
        ports: [
          { name: "a", port: 80 },
          { name: "a", port: 81 },
        ],
      },
      "ports 80 and 81 are both named 'a'",
    ],
    ["a port above 65535", { port: 65536 }, "port 'main' is 65536, must be 1 to 65535"],
    [
      "instances below zero",
      { instances: -1 },
      "instances is -1, must be a whole number, 0 or more",
    ],
    ["half an instance", { instances: 1.5 }, "instances is 1.5, must be a whole number, 0 or more"],
    ["instances that are no number", { instances: Number("three") }, "instances is NaN"],
    ["no cpus", { cpus: 0 }, "cpus is 0, must be 0.01 or more"],
  ])("refuses %s", (_name, props, message) => {
    expect(() => serviceWith(props)).toThrow(`service 'web': ${message}`);
  });
});

describe("a health check", () => {
  it("refuses a path that is none and times that are none", () => {
    expect(() => Health.http("ready")).toThrow("the path must start with '/'");
    expect(() => Health.tcp({ intervalMs: 5 })).toThrow(
      "intervalMs is 5, must be a whole number, 100 or more",
    );
  });
});

describe("a constraint", () => {
  it("refuses a pattern that is none and a count below one", () => {
    expect(() => Constraint.like("rack", "(")).toThrow(SyntaxError);
    expect(() => Constraint.maxPer("rack", 0)).toThrow(
      "Constraint.maxPer: 0 must be a whole number above zero",
    );
  });
});

describe("a size", () => {
  it("is in mebibytes whichever way it is written", () => {
    expect(Size.gibibytes(0.5).toMebibytes()).toBe(512);
    expect(Size.mebibytes(2048).toString()).toBe("2 GiB");
    expect(Size.mebibytes(100).toString()).toBe("100 MiB");
  });

  it.each([0, -1, 0.5, Number.NaN])("is not %p mebibytes", (amount) => {
    expect(() => Size.mebibytes(amount)).toThrow("must be a whole number above zero");
  });
});
