/**
 * What each folder may import: `may` other folders (same package by short name, another package by its own),
 * `npm` packages, `node` builtins. Nothing else. If a rule is in your way, the design is asking a question.
 * Enforced by `.dependency-cruiser.cjs`; `docs/architecture.md` shows the graph it draws.
 */
module.exports = {
  agent: {
    model: { may: [] },
    contract: { may: ["model"], npm: ["zod"] },
    config: { may: ["model", "contract"], npm: ["zod"], node: true },
    ports: { may: ["model", "contract"] },
    membership: { may: ["model"] },
    election: { may: ["model"] },
    allocation: { may: ["model"] },
    reconcile: { may: ["model"] },
    metrics: { may: ["model", "ports"] },
    master: { may: ["model", "contract", "ports", "allocation"] },
    worker: { may: ["model", "ports", "reconcile"] },
    "frameworks/services": { may: ["model", "contract", "ports"] },
    node: {
      may: [
        "model",
        "contract",
        "ports",
        "membership",
        "election",
        "master",
        "worker",
        "frameworks/services",
      ],
    },
    "api/http": {
      may: ["model", "contract", "ports", "metrics"],
      npm: ["fastify", "ws", "zod"],
      node: true,
    },
    "api/grpc": {
      may: ["model", "ports"],
      npm: ["@grpc/grpc-js", "@grpc/proto-loader"],
      node: true,
    },
    "api/mesos": {
      may: ["model", "contract", "ports"],
      npm: ["zod", "protobufjs"],
      node: true,
    },
    "adapters/docker": { may: ["model", "ports"], npm: ["dockerode"], node: true },
    "adapters/consul": { may: ["model", "ports"], npm: ["consul"], node: true },
    "adapters/udp": { may: ["model", "ports"], npm: ["@msgpack/msgpack"], node: true },
    "adapters/disk": { may: ["ports"], node: true },
    "adapters/system": { may: ["ports"], node: true },
    "adapters/grpc": { may: ["ports"], npm: ["@grpc/grpc-js", "@grpc/proto-loader"] },
    "adapters/metrics": { may: ["ports"], npm: ["prom-client"] },
    "adapters/log": { may: ["ports"], npm: ["pino"], node: true },
    client: { may: ["contract"], npm: ["ws"], node: true },
    cli: { may: ["model", "contract", "client"], npm: ["commander"], node: true },
    "version.ts": { may: [] },
    "agent.ts": { may: ["*"], node: true },
    "main.ts": { may: ["*"], npm: ["commander"], node: true },
  },
  provider: {
    plugin: {
      may: [],
      node: true,
    },
    client: { may: ["@covey/agent/client", "@covey/agent/contract"] },
    connection: {
      may: ["client"],
      npm: ["dockerode", "@peculiar/x509", "reflect-metadata", "ssh2"],
      node: true,
    },
    resources: {
      may: ["plugin", "client", "connection", "@covey/agent/contract"],
      npm: [],
      node: true,
    },
    "data-sources": { may: ["plugin", "client", "@covey/agent/contract"], node: true },
    functions: { may: ["plugin"] },
    "main.ts": { may: ["*"], node: true },
    "single-executable.ts": { may: ["main.ts"], node: true },
  },
  constructs: {
    "engine.ts": { may: [], npm: ["cdktf", "constructs"] },
    generated: { may: ["engine.ts"], npm: ["constructs"] },
    "*": { may: ["engine.ts", "generated"] },
  },
};
