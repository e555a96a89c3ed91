import { agentConfigSchema } from "@covey/agent/contract";
import { issueNodeCertificate, makeAuthority } from "../../connection";
import type { KeyPair } from "../../connection";
import type { JoinKey } from "../keys/join-key";
import { agentConfig, certificateRequest, configHash, configHashOfFile } from "./agent-config";
import type { MachineFacts, NodeFacts } from "./agent-config";

const now = new Date("2026-11-22T12:00:00Z");
const keyWith = (authority: KeyPair): JoinKey => ({
  cluster: "prod",
  datacenter: "dc1",
  voters: { n1: "10.77.1.1" },
  authority,
  gossipKey: Buffer.alloc(32, 1).toString("base64"),
  token: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  consul: { mode: "managed" },
  mesh: "lan",
});
const factsWith = (key: JoinKey): NodeFacts => ({
  name: "n1",
  address: "10.77.1.1",
  dataDir: "/var/lib/covey/prod/n1",
  dockerSocket: "/var/run/docker.sock",
  resources: { cpus: 2, memory_mib: 512, disk_mib: null, ports: "8000,31000-32000" },
  attributes: { rack: "r1" },
  key,
});

let key: JoinKey;
let facts: NodeFacts;
let machine: MachineFacts;

beforeAll(async () => {
  key = keyWith(await makeAuthority("Covey prod", now));
  facts = factsWith(key);
  machine = {
    certificate: await issueNodeCertificate(key.authority, certificateRequest(facts), now),
    network: "covey-prod-n1",
    consulBinary: "/usr/bin/consul",
  };
});

test("what is written is what the agent takes", () => {
  const config = agentConfigSchema.parse(agentConfig(facts, machine));
  expect(config).toMatchObject({
    node: "n1",
    resources: {
      cpus: 2,
      memMiB: 512,
      ports: [
        { begin: 8000, end: 8000 },
        { begin: 31000, end: 32000 },
      ],
    },
    docker: { network: "covey-prod-n1" },
    consul: { mode: "managed", binary: "/usr/bin/consul", token: key.token },
    preset: "lan",
  });
});

test("an external Consul is taken too", () => {
  const consul = { mode: "external", address: "http://127.0.0.1:8500" } as const;
  const config = agentConfig(
    { ...facts, key: { ...key, consul } },
    { ...machine, consulBinary: undefined },
  );
  expect(agentConfigSchema.parse(config).consul).toMatchObject(consul);
});

test("a voter's certificate serves Consul's servers too, another's does not", () => {
  expect(certificateRequest(facts).dnsNames).toEqual([
    "n1",
    "localhost",
    "n1.node.dc1.consul",
    "covey.service.consul",
    "master.covey.service.consul",
    "server.dc1.consul",
  ]);
  expect(certificateRequest({ ...facts, name: "n4" }).dnsNames).not.toContain("server.dc1.consul");
});

describe("the hash of a configuration", () => {
  let hash: string;
  beforeAll(() => {
    hash = configHash(agentConfig(facts, machine));
  });

  test("is known before the node is there", () => {
    const nothing = {
      certificate: { certificate: "", privateKey: "" },
      network: undefined,
      consulBinary: "/",
    };
    expect(configHash(agentConfig(facts, nothing))).toBe(hash);
  });

  test("is that of the file that was written", () => {
    expect(configHashOfFile(JSON.stringify(agentConfig(facts, machine), undefined, 2))).toBe(hash);
    expect(configHashOfFile("{")).toBeUndefined();
  });

  test.each<[string, () => Partial<NodeFacts>]>([
    ["attributes", () => ({ attributes: { rack: "r2" } })],
    ["resources", () => ({ resources: null })],
    ["voters", () => ({ key: { ...key, voters: { n1: "10.77.1.1", n2: "10.77.2.1" } } })],
    ["token", () => ({ key: { ...key, token: "7f9619ff-8b86-4d01-b42d-00cf4fc964ff" } })],
  ])("changes with the %s", (_what, change) => {
    expect(configHash(agentConfig({ ...facts, ...change() }, machine))).not.toBe(hash);
  });
});
