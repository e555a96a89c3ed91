import { limits } from "./limits";
import { serviceSchema, type ServiceInput } from "./service";

const web: ServiceInput = { name: "web", image: "web:1", instances: 1, cpus: 0.1, memMiB: 16 };

/** Where and why the input is refused; empty where it is taken. */
function refusals(change: Partial<ServiceInput>): string[] {
  const parsed = serviceSchema.safeParse({ ...web, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("a service as the API takes it", () => {
  it("needs no more than a name, an image, a number and its resources", () => {
    expect(refusals({})).toEqual([]);
  });

  it.each(["covey", "consul"])("is not named '%s', under which others are found", (name) => {
    expect(refusals({ name })).toEqual([expect.stringMatching(/^name: .*is taken/)]);
  });

  it("checks its health at a port of its own", () => {
    const health = { kind: "http", port: "admin" } as const;
    const ports = [{ name: "http", containerPort: 80 }];
    expect(refusals({ ports, health })).toEqual([
      "health.port: 'admin' is no port of this service; it has http",
    ]);
  });

  it.each<[object, string[]]>([
    [{ kind: "command", command: ["true"] }, []],
    [{ kind: "grpc", port: "http", service: "web" }, []],
    [{ kind: "command" }, ["command: must say what is run"]],
    [
      { kind: "command", command: ["a"], port: "http" },
      ["port: a command asks no port: leave it out"],
    ],
    [{ kind: "grpc" }, ["port: kind 'grpc' needs one"]],
    [
      { kind: "tcp", port: "http", command: ["a"], service: "b" },
      [
        "command: belongs to kind 'command', and this is 'tcp'",
        "service: belongs to kind 'grpc', and this is 'tcp'",
      ],
    ],
  ])("has in a check what its kind needs and nothing else: %j", (check, problems) => {
    const ports = [{ name: "http", containerPort: 80 }];
    for (const field of ["health", "readiness"] as const)
      expect(refusals({ ports, [field]: check })).toEqual(
        problems.map((problem) => `${field}.${problem}`),
      );
  });

  it("names no two ports alike", () => {
    const port = { name: "http", containerPort: 80 };
    expect(refusals({ ports: [port, port] })).toEqual(["ports: two ports are named 'http'"]);
  });

  it("bounds environment values in bytes, whatever they are written in", () => {
    expect(refusals({ env: { A: "ü".repeat(limits.envValueBytes / 2) } })).toEqual([]);
    expect(refusals({ env: { A: "ü".repeat(limits.envValueBytes / 2 + 1) } })).toEqual([
      expect.stringMatching(/^env\.A: must be at most 32768 bytes/),
    ]);
  });

  it("refuses what it does not know", () => {
    expect(refusals({ replicas: 3 } as Partial<ServiceInput>)).toEqual([
      expect.stringMatching(/replicas/),
    ]);
  });

  it("shares ports, and has one drawn for its process, on the host's network only", () => {
    const ports = [{ name: "status", containerPort: 0 }];
    expect(refusals({ network: "host", ports, sharedPorts: [80, 443] })).toEqual([]);
    expect(refusals({ ports, sharedPorts: [80] })).toEqual([
      expect.stringMatching(/^ports.0.containerPort: 0 asks for .* network 'host'/),
      expect.stringMatching(/^sharedPorts: 80 can be shared on network 'host' only/),
    ]);
    expect(refusals({ network: "host", sharedPorts: [80, 80] })).toEqual([
      "sharedPorts: 80 is named twice: name each port once",
    ]);
  });
});
