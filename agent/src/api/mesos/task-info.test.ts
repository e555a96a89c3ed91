import { dockerTask, scalar } from "../../../test/fakes/scheduler-bench";
import type { Resource, TaskInfo } from "./messages";
import { TaskRefused } from "./refusal";
import { toTaskSpec } from "./task-info";

const origin = { framework: "f1-1", node: "n1", role: "*" };
const ports = (...numbers: number[]): Resource => ({
  name: "ports",
  type: "RANGES",
  ranges: { range: numbers.map((port) => ({ begin: port, end: port })) },
});
const needs = [scalar("cpus", 0.5), scalar("mem", 64)];
const container = (docker: object, more: object = {}): Partial<TaskInfo> => ({
  container: { type: "DOCKER", docker: { image: "web:1", ...docker }, ...more },
});
const spec = (more: Partial<TaskInfo> = {}) => toTaskSpec(dockerTask("a", "n1", more), origin);

describe("a TaskInfo becomes a task", () => {
  it("as small as it can be: its image's own command on the node's network", () => {
    expect(spec()).toEqual({
      id: "f1-1.a",
      framework: "f1-1",
      role: "*",
      image: "web:1",
      command: undefined,
      env: { MESOS_TASK_ID: "a" },
      labels: {},
      cpus: 0.5,
      memMiB: 64,
      ports: [],
      network: "host",
      health: undefined,
      killGraceMs: 3000,
      container: undefined,
      catalogName: undefined,
    });
  });

  it.each([
    [{ value: "echo $HOME" }, ["/bin/sh"], ["-c", "echo $HOME"]],
    [{ shell: false, value: "echo", arguments: ["a", "b"] }, undefined, ["echo", "a", "b"]],
    [{ shell: false, arguments: ["-p", "80"] }, undefined, ["-p", "80"]],
    [{ shell: false }, undefined, undefined],
  ])("with the command %j", (command, entrypoint, words) => {
    const made = spec({ command });
    expect(made.command).toEqual(words);
    expect(made.container?.entrypoint).toEqual(entrypoint);
  });

  it("with its environment, the user of its command, labels, name in the catalog, time to end", () => {
    const variables = [{ name: "A", value: "1" }, { name: "A", value: "2" }, { name: "EMPTY" }];
    const made = spec({
      command: { shell: false, environment: { variables }, user: "nobody" },
      labels: { labels: [{ key: "team", value: "eng" }, { key: "flag" }] },
      discovery: { visibility: "CLUSTER", name: "web" },
      kill_policy: { grace_period: { nanoseconds: 2.5e9 } },
    });
    expect(made).toMatchObject({
      env: { MESOS_TASK_ID: "a", A: "2", EMPTY: "" },
      labels: { team: "eng", flag: "" },
      catalogName: "web",
      killGraceMs: 2500,
      container: { user: "nobody" },
    });
  });

  it("with ports on the node's network: inside as outside", () => {
    const made = spec({ resources: [...needs, ports(31_000, 31_005)] });
    expect(made.ports).toEqual([
      { name: "p0", containerPort: 31_000, hostPort: 31_000, protocol: "tcp" },
      { name: "p1", containerPort: 31_005, hostPort: 31_005, protocol: "tcp" },
    ]);
  });

  it("with mapped ports in a network of its own; those not mapped lead to the same number", () => {
    const made = spec({
      resources: [...needs, ports(31_000, 31_001)],
      ...container({
        network: "BRIDGE",
        port_mappings: [{ host_port: 31_001, container_port: 53, protocol: "UDP" }],
      }),
    });
    expect(made.network).toBe("bridge");
    expect(made.ports).toEqual([
      { name: "p0", containerPort: 53, hostPort: 31_001, protocol: "udp" },
      { name: "p1", containerPort: 31_000, hostPort: 31_000, protocol: "tcp" },
    ]);
  });

  it("with volumes, a hostname and the parameters of docker run that are there", () => {
    const parameters = [
      { key: "cap-add", value: "net_admin" },
      { key: "cap-add", value: "CAP_SYS_TIME" },
      { key: "ulimit", value: "nofile=1024:2048" },
      { key: "add-host", value: "db:10.0.0.9" },
      { key: "read-only", value: "true" },
      { key: "stop-signal", value: "SIGQUIT" },
    ];
    const volumes = [{ mode: "RO" as const, host_path: "/etc/ssl", container_path: "/ssl" }];
    const made = spec(container({ parameters }, { volumes, hostname: "web-1" }));
    expect(made.container).toEqual({
      capAdd: ["NET_ADMIN", "SYS_TIME"],
      ulimits: [{ name: "nofile", soft: 1024, hard: 2048 }],
      extraHosts: [{ name: "db", address: "10.0.0.9" }],
      readOnlyRoot: true,
      stopSignal: "QUIT",
      volumes: [{ source: "/etc/ssl", target: "/ssl", readOnly: true }],
      hostname: "web-1",
    });
  });

  it.each([
    [
      { type: "HTTP", http: { port: 80, path: "/up" } },
      { kind: "http", port: "p0", path: "/up" },
    ],
    // As npm mesos-framework 0.5.3 sends it: without a type, with the port outside.
    [{ http: { port: 31_000, statuses: [200] } }, { kind: "http", port: "p0", path: "/" }],
    [
      { type: "TCP", tcp: { port: 80 } },
      { kind: "tcp", port: "p0" },
    ],
    [
      { type: "COMMAND", command: { value: "true" } },
      { kind: "command", port: "", command: ["/bin/sh", "-c", "true"] },
    ],
  ] as const)("with the health check %j", (check, health) => {
    const made = spec({
      resources: [...needs, ports(31_000)],
      ...container({
        network: "BRIDGE",
        port_mappings: [{ host_port: 31_000, container_port: 80 }],
      }),
      health_check: check,
    });
    const times = { intervalMs: 10_000, timeoutMs: 20_000, graceMs: 25_000, maxFailures: 3 };
    expect(made.health).toMatchObject({ ...health, ...times });
  });

  it("with an image that is pulled always, where it says so", () => {
    expect(spec(container({ force_pull_image: true })).provision).toEqual({ pull: "always" });
    expect(spec(container({ force_pull_image: false })).provision).toBeUndefined();
  });

  it("with memory and disk in whole MiB, and scalars named twice added", () => {
    const resources = [...needs, scalar("mem", 10.9), scalar("disk", 5.5), scalar("cpus", 0.1)];
    expect(spec({ resources })).toMatchObject({ cpus: 0.6, memMiB: 74, diskMiB: 5 });
  });
});

describe("a TaskInfo is refused, never run otherwise than it says,", () => {
  const command = { shell: false };
  it.each<[Partial<TaskInfo>, string]>([
    [{ executor: {} }, "there are no executors"],
    [{ check: {} }, "check is not there"],
    [{ max_completion_time: { nanoseconds: 1 } }, "max_completion_time is not there"],
    [{ limits: { cpus: { value: 2 } } }, "limits are not there"],
    [{ command: { ...command, uris: [{ value: "http://x/y" }] } }, "command.uris: there is no"],
    [{ command: {} }, "command.shell is true and command.value is missing"],
    [{ command: { ...command, arguments: Array<string>(257).fill("x") } }, "more than 256"],
    [{ command: { ...command, user: "a b" } }, "container: user must be"],
    [
      { command: { ...command, environment: { variables: [{ name: "S", type: "SECRET" }] } } },
      "there are no secrets",
    ],
    [
      { command: { ...command, environment: { variables: [{ name: "A=B" }] } } },
      "must have a name without '='",
    ],
    [{ agent_id: { value: "n2" } }, "agent_id is 'n2', the offer is of 'n1'"],
    [{ task_id: { value: "../x" } }, "task_id must not be"],
    [{ task_id: { value: "x".repeat(201) } }, "task_id is too long"],
    [{ labels: { labels: [{ key: "covey.service" }] } }, "label 'covey.service'"],
    [{ discovery: { name: "Not A Name" } }, "discovery.name 'Not A Name' cannot be a name"],
    [{ discovery: { name: "consul" } }, "discovery.name 'consul' cannot be a name"],
    [{ kill_policy: { grace_period: { nanoseconds: -1 } } }, "kill_policy.grace_period is -1 ns"],
    [{ container: { type: "MESOS" } }, "container.type MESOS is not there"],
    [{ container: { type: "DOCKER" } }, "say which image in container.docker.image"],
    [container({ image: "" }), "must have 1 to 512 characters"],
    [container({ privileged: true }), "docker.privileged is not there"],
    [container({ network: "USER" }), "docker.network USER"],
    [container({ network: "NONE" }), "docker.network NONE"],
    [container({}, { linux_info: {} }), "container.linux_info is not there"],
    [container({}, { tty_info: {} }), "container.tty_info is not there"],
    [container({ parameters: [{ key: "privileged", value: "true" }] }), "'privileged' is not"],
    [container({ parameters: [{ key: "__proto__", value: "x" }] }), "'__proto__' is not there"],
    [container({ parameters: [{ key: "ulimit", value: "x=1" }] }), "container: ulimits.0.name"],
    [container({ parameters: [{ key: "network", value: "web" }] }), "HOST contradicts"],
    [
      container({ port_mappings: [{ host_port: 31_000, container_port: 80 }] }),
      "docker.port_mappings belong to network BRIDGE",
    ],
    [
      container({ network: "BRIDGE", port_mappings: [{ host_port: 22, container_port: 80 }] }),
      "host_port 22 is not among the task's ports",
    ],
    [
      container({}, { volumes: [{ mode: "RW", container_path: "/data", source: {} }] }),
      "volume '/data': only paths of the node",
    ],
    [
      container({}, { volumes: [{ mode: "RW", host_path: "data", container_path: "/data" }] }),
      "container: volumes.0.source must be an absolute path",
    ],
    [{ resources: [scalar("mem", 64)] }, "cpus is 0, it must be 0.01 or more"],
    [{ resources: [scalar("cpus", 1), scalar("mem", 3)] }, "mem is 3, it must be 4"],
    [{ resources: [...needs, scalar("gpus", 1)] }, "resource 'gpus' is not there"],
    [{ resources: [...needs, { name: "ports", type: "SET" }] }, "'ports' is SET, it must be"],
    [{ resources: [...needs, scalar("disk", Number.NaN)] }, "must have a value of 0 or more"],
    [{ resources: [...needs, { ...scalar("disk", 1), disk: {} }] }, "there are no reservations"],
    [{ resources: [...needs, { ...scalar("disk", 1), role: "eng" }] }, "there are no reservations"],
    [{ resources: [...needs, { ...scalar("disk", 1), revocable: {} }] }, "none is revocable"],
    [
      { resources: [...needs, { ...scalar("disk", 1), allocation_info: { role: "eng" } }] },
      "is allocated to role 'eng', the offer to role '*'",
    ],
    [
      {
        resources: [
          ...needs,
          { name: "ports", type: "RANGES", ranges: { range: [{ begin: 1, end: 65_535 }] } },
        ],
      },
      "more than 32 ports",
    ],
    [{ resources: [...needs, ports(0)] }, "ports 0-0: must be a range within 1-65535"],
    [{ health_check: { type: "HTTP", http: { port: 80 } } }, "port 80 is none of the task's"],
    [{ health_check: { type: "HTTP", http: { port: 80, scheme: "https" } } }, "must be http"],
    [{ health_check: { type: "TCP" } }, "health_check of type TCP must say what is asked"],
    [
      { health_check: { command: { value: "true" }, consecutive_failures: 0 } },
      "consecutive_failures is 0",
    ],
    [
      { health_check: { command: { value: "true" }, timeout_seconds: 0 } },
      "timeout_seconds is 0: must be from 0.05",
    ],
  ])("as %j", (more, why) => {
    expect(() => spec(more)).toThrow(TaskRefused);
    expect(() => spec(more)).toThrow(why);
  });
});
