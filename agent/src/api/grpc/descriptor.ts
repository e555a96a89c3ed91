import type { fromJSON } from "@grpc/proto-loader";

type Descriptor = Parameters<typeof fromJSON>[0];
type Messages = NonNullable<Descriptor["nested"]>;

/**
 * The link between agents and master on the wire: proto3, package `covey.link.v1`, one service `MasterLink` with one bidirectional
 * stream. A JSON descriptor (protobufjs) instead of a .proto file, so that it is compiled in and cannot be lost beside the program.
 *
 * Rules for whoever changes it: a field's number is for ever; a new field is optional and means today's behaviour when absent; a
 * field that goes leaves its number in `reserved`. Units and meaning are those of the model's fields of the same name.
 *
 * Presence: `optional` scalars and message fields may be absent (undefined in the model); all others are always written.
 * Maps are lists of `Pair`, which has the bytes of a proto3 map<string, string>, for keys like `__proto__`.
 */
export const linkDescriptor: Descriptor = {
  nested: {
    covey: {
      nested: {
        link: {
          nested: {
            v1: {
              nested: {
                MasterLink: {
                  methods: {
                    Attach: {
                      comment: "One agent, from its attach to its end or the master's.",
                      requestType: "AgentMessage",
                      requestStream: true,
                      responseType: "MasterMessage",
                      responseStream: true,
                    },
                  },
                },
                ...envelopes(),
                ...nodeMessages(),
                ...taskMessages(),
                ...containerMessages(),
                ...provisionMessages(),
                Pair: message({ key: ["string", 1], value: ["string", 2] }),
              },
            },
          },
        },
      },
    },
  },
};

function envelopes(): Messages {
  return {
    /** Agent to master. The first of a stream is `attach`. */
    AgentMessage: message(
      { attach: ["Attach", 1], status: ["StatusReport", 2], health: ["Health", 3] },
      { kind: ["attach", "status", "health"] },
    ),
    Attach: message({ node: ["NodeInfo", 1], tasks: ["TaskRecord", 2, "repeated"] }),
    StatusReport: message({ status: ["TaskStatus", 1], spec: ["TaskSpec", 2] }),
    Health: message({ unhealthy: ["string", 1, "optional"] }),
    /** Master to agent. Every one carries the term it is said in. */
    MasterMessage: message(
      {
        term: ["uint64", 1],
        attached: ["Attached", 2],
        launch: ["Launch", 3],
        kill: ["Kill", 4],
        acknowledge: ["Acknowledge", 5],
      },
      { kind: ["attached", "launch", "kill", "acknowledge"] },
    ),
    Attached: message({}),
    Launch: message({ spec: ["TaskSpec", 1] }),
    Kill: message({ taskId: ["string", 1], reason: ["string", 2] }),
    Acknowledge: message({ taskId: ["string", 1], uuid: ["string", 2] }),
  };
}

function nodeMessages(): Messages {
  return {
    NodeInfo: message({
      name: ["string", 1],
      address: ["string", 2],
      resources: ["Resources", 3],
      attributes: ["Pair", 4, "repeated"],
      voter: ["bool", 5],
      version: ["string", 6],
      unhealthy: ["string", 7, "optional"],
    }),
    Resources: message({
      cpus: ["double", 1],
      memMiB: ["double", 2],
      diskMiB: ["double", 3],
      ports: ["PortRange", 4, "repeated"],
    }),
    PortRange: message({ begin: ["uint32", 1], end: ["uint32", 2] }),
  };
}

function taskMessages(): Messages {
  return {
    TaskRecord: message({ spec: ["TaskSpec", 1], status: ["TaskStatus", 2] }),
    TaskSpec: message({
      id: ["string", 1],
      framework: ["string", 2],
      image: ["string", 3],
      command: ["Command", 4],
      env: ["Pair", 5, "repeated"],
      labels: ["Pair", 6, "repeated"],
      cpus: ["double", 7],
      memMiB: ["double", 8],
      ports: ["TaskPort", 9, "repeated"],
      network: ["string", 10],
      health: ["HealthCheck", 11],
      killGraceMs: ["uint32", 12],
      catalogName: ["string", 13, "optional"],
      container: ["ContainerOptions", 14],
      readiness: ["HealthCheck", 15],
      role: ["string", 30, "optional"],
      diskMiB: ["double", 31, "optional"],
      provision: ["Provision", 32],
    }),
    /** A message of its own, so that no command and an empty one differ. */
    Command: message({ words: ["string", 1, "repeated"] }),
    TaskPort: message({
      name: ["string", 1],
      containerPort: ["uint32", 2],
      hostPort: ["uint32", 3],
      protocol: ["string", 4],
    }),
    HealthCheck: message({
      kind: ["string", 1],
      port: ["string", 2],
      path: ["string", 3],
      intervalMs: ["uint32", 4],
      timeoutMs: ["uint32", 5],
      graceMs: ["uint32", 6],
      maxFailures: ["uint32", 7],
      service: ["string", 8, "optional"],
      command: ["Command", 9],
      minSuccesses: ["uint32", 10, "optional"],
    }),
    TaskStatus: message({
      taskId: ["string", 1],
      state: ["string", 2],
      reason: ["string", 3, "optional"],
      message: ["string", 4],
      healthy: ["bool", 5, "optional"],
      node: ["string", 6],
      containerId: ["string", 7, "optional"],
      exitCode: ["sint32", 8, "optional"],
      atMs: ["double", 9],
      uuid: ["string", 10],
    }),
  };
}

function containerMessages(): Messages {
  return {
    ContainerOptions: message({
      user: ["string", 1, "optional"],
      readOnlyRoot: ["bool", 2, "optional"],
      capAdd: ["string", 3, "repeated"],
      capDrop: ["string", 4, "repeated"],
      ulimits: ["Ulimit", 5, "repeated"],
      shmMiB: ["uint32", 6, "optional"],
      pidsLimit: ["uint32", 7, "optional"],
      tmpfs: ["Tmpfs", 8, "repeated"],
      volumes: ["BindMount", 9, "repeated"],
      devices: ["string", 10, "repeated"],
      extraHosts: ["ExtraHost", 11, "repeated"],
      hostname: ["string", 12, "optional"],
      dnsSearch: ["string", 13, "repeated"],
      network: ["string", 14, "optional"],
      entrypoint: ["string", 15, "repeated"],
      workdir: ["string", 16, "optional"],
      stopSignal: ["string", 17, "optional"],
      init: ["bool", 18, "optional"],
      logs: ["LogRotation", 19],
    }),
    Ulimit: message({ name: ["string", 1], soft: ["sint64", 2], hard: ["sint64", 3] }),
    Tmpfs: message({ path: ["string", 1], sizeMiB: ["uint32", 2] }),
    BindMount: message({ source: ["string", 1], target: ["string", 2], readOnly: ["bool", 3] }),
    ExtraHost: message({ name: ["string", 1], address: ["string", 2] }),
    LogRotation: message({ maxSizeMiB: ["uint32", 1], maxFiles: ["uint32", 2] }),
  };
}

function provisionMessages(): Messages {
  return {
    Provision: message({
      pull: ["string", 1, "optional"],
      registryAuth: ["RegistryAuth", 2],
      secrets: ["SecretFile", 3, "repeated"],
    }),
    RegistryAuth: message({ username: ["string", 1], password: ["Secret", 2] }),
    Secret: message({ value: ["string", 1], digest: ["string", 2] }),
    SecretFile: message({ name: ["string", 1], value: ["string", 2], digest: ["string", 3] }),
  };
}

type Field = readonly [type: string, id: number, rule?: "repeated" | "optional"];

function message(
  fields: Readonly<Record<string, Field>>,
  oneofs: Readonly<Record<string, readonly string[]>> = {},
): Messages[string] {
  const optional = Object.entries(fields).filter(([, [, , rule]]) => rule === "optional");
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [type, id, rule]]) => [name, field(type, id, rule)]),
    ),
    oneofs: {
      ...Object.fromEntries(Object.entries(oneofs).map(([name, of]) => [name, { oneof: [...of] }])),
      // proto3's own way to say `optional`: a oneof of one member.
      ...Object.fromEntries(optional.map(([name]) => [`_${name}`, { oneof: [name] }])),
    },
  };
}

function field(type: string, id: number, rule: Field[2]): WireField {
  if (rule === "repeated") return { type, id, rule };
  return rule === "optional" ? { type, id, options: { proto3_optional: true } } : { type, id };
}

interface WireField {
  readonly type: string;
  readonly id: number;
  readonly rule?: "repeated";
  readonly options?: { readonly proto3_optional: true };
}
