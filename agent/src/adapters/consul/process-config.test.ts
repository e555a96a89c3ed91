import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recoveryToken, renderConfig } from "./process-config";
import type { ProcessSettings } from "./process-config";
import { systemRecursors } from "./recursors";
import type { ConsulVersion } from "./version";
import { parseVersion } from "./version";

const settings: ProcessSettings = {
  dataDir: "/var/lib/covey/consul",
  node: "n1",
  address: "10.0.0.1",
  httpPort: 8500,
  dnsPort: 53,
  datacenter: "dc1",
  gossipKey: "key",
  token: "11111111-2222-4333-8444-555555555555",
  recursors: [],
  server: true,
  servers: ["10.0.0.1", "10.0.0.2", "10.0.0.3"],
};

function rendered(minor: number, change: Partial<ProcessSettings> = {}): Record<string, unknown> {
  const version: ConsulVersion = { text: `1.${minor}.0`, major: 1, minor };
  return JSON.parse(renderConfig({ ...settings, ...change }, version)) as Record<string, unknown>;
}

describe("configuration of a managed Consul", () => {
  test("a server expects all voters and joins the others, not itself", () => {
    expect(rendered(8)).toMatchObject({
      server: true,
      bootstrap_expect: 3,
      retry_join: ["10.0.0.2", "10.0.0.3"],
      bind_addr: "10.0.0.1",
      client_addr: "10.0.0.1",
      ports: { http: 8500, dns: 53, serf_wan: -1 },
    });
  });

  test("a client joins all voters and expects nobody", () => {
    const config = rendered(8, { server: false, address: "10.0.0.9" });
    expect(config["retry_join"]).toHaveLength(3);
    expect(config).not.toHaveProperty("server");
    expect(config).not.toHaveProperty("bootstrap_expect");
  });

  test("denies by default, with the management token under the name its version knows", () => {
    const tokensOf = (minor: number): unknown =>
      (rendered(minor)["acl"] as { tokens: unknown }).tokens;
    expect(rendered(8)["acl"]).toMatchObject({ enabled: true, default_policy: "deny" });
    expect(tokensOf(8)).toMatchObject({ master: settings.token, agent: settings.token });
    expect(tokensOf(10)).toHaveProperty("agent_master");
    expect(tokensOf(11)).toMatchObject({ initial_management: settings.token });
    expect(tokensOf(11)).not.toHaveProperty("master");
  });

  test("checks certificates of RPC both ways, in the form its version knows", () => {
    expect(rendered(8)).toMatchObject({ verify_incoming_rpc: true, verify_outgoing: true });
    expect(rendered(12)).toMatchObject({
      tls: { internal_rpc: { verify_incoming: true, verify_outgoing: true } },
    });
    expect(rendered(12)).not.toHaveProperty("verify_outgoing");
  });

  test("opens no gRPC port, whichever its version would open", () => {
    expect(rendered(13)["ports"]).not.toHaveProperty("grpc_tls");
    expect(rendered(14)["ports"]).toMatchObject({ grpc: -1, grpc_tls: -1 });
  });

  test("the token of an agent itself is a UUID, always the same, and not the management token", () => {
    expect(recoveryToken(settings.token)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    expect(recoveryToken(settings.token)).toBe(recoveryToken(settings.token));
    expect(recoveryToken(settings.token)).not.toBe(settings.token);
  });
});

describe("version of a consul program", () => {
  test.each([
    ["Consul v1.8.7\nProtocol 2 spoken by default\n", "1.8.7", 8],
    ["Consul v1.16.2+ent\nRevision 1234\n", "1.16.2+ent", 16],
    ["Consul v1.22.0-dev (abc)\n", "1.22.0-dev", 22],
  ])("%j", (output, text, minor) => {
    expect(parseVersion(output)).toEqual({ text, major: 1, minor });
  });

  test("of another program there is none", () => {
    expect(parseVersion("Vault v1.2.3\n")).toBeUndefined();
  });
});

describe("resolvers of the system", () => {
  test("are those of resolv.conf that are IPv4 and not ourselves, at most three", () => {
    const dir = mkdtempSync(join(tmpdir(), "covey-resolv-"));
    const file = join(dir, "resolv.conf");
    const servers = ["10.0.0.1", "fe80::1", "9.9.9.9", "9.9.9.9", "1.1.1.1", "8.8.8.8", "8.8.4.4"];
    const lines = servers.map((server) => `nameserver ${server}`);
    writeFileSync(file, ["# a comment", "search example.org", ...lines].join("\n"));
    expect(systemRecursors("10.0.0.1", file)).toEqual(["9.9.9.9", "1.1.1.1", "8.8.8.8"]);
    rmSync(dir, { recursive: true });
    expect(systemRecursors("10.0.0.1", file)).toEqual([]);
  });
});
