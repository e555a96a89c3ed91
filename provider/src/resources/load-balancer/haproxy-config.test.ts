import type { Balancing, Listener, Rule } from "./balancing";
import { haproxyConfig } from "./haproxy-config";

const rule = (changes: Partial<Rule>): Rule => ({
  host: null,
  path_prefix: null,
  service: "api",
  ...changes,
});

const listener = (changes: Partial<Listener> = {}): Listener => ({
  port: 80,
  mode: "http",
  service: "web",
  rules: null,
  balance: "roundrobin",
  sticky: false,
  ...changes,
});

function config(changes: Partial<Balancing> = {}): string {
  return haproxyConfig({
    name: "front",
    cpus: 0.5,
    address: "node",
    listeners: [listener()],
    check: true,
    max_servers: 32,
    max_connections: 2000,
    connect_timeout_ms: 2000,
    client_timeout_ms: 60_000,
    server_timeout_ms: 60_000,
    keep_alive_timeout_ms: 10_000,
    drain_ms: 30_000,
    stats: null,
    ...changes,
  });
}

/** The lines of one section, without its head. */
function section(text: string, head: string): string[] {
  const found = text.split("\n\n").find((part) => part.startsWith(`${head}\n`));
  return (found ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
}

describe("the configuration of HAProxy", () => {
  it("feeds each service's backend from Consul's SRV records, by the container's own resolver", () => {
    const text = config({ max_servers: 8 });
    expect(section(text, "resolvers consul")).toContain("parse-resolv-conf");
    expect(section(text, "backend web.http.roundrobin")).toContain(
      "server-template web- 8 _web._tcp.service.consul resolvers consul check",
    );
    expect(section(text, "frontend port-80")).toEqual(
      expect.arrayContaining([
        'bind "${HOST}":80',
        "mode http",
        "default_backend web.http.roundrobin",
      ]),
    );
  });

  it("has its listeners only when it has warmed up, and hands them over", () => {
    const text = config();
    const [before = "", after = ""] = text.split(".if !defined(COVEY_WARM_UP)");
    expect(before).toContain("backend web.http.roundrobin");
    expect(before).not.toContain("bind");
    expect(after.trimEnd()).toMatch(/frontend port-80[^]*\.endif$/);
    expect(section(text, "global")).toContain(
      'stats socket "${COVEY_ADMIN_SOCKET}" mode 600 level admin expose-fd listeners',
    );
  });

  it.each([
    [
      { host: "a.example.org" },
      ["acl rule-0-host req.hdr(host),field(1,:),lower -m str a.example.org"],
      "rule-0-host",
    ],
    [
      { host: "*.example.org" },
      ["acl rule-0-host req.hdr(host),field(1,:),lower -m end .example.org"],
      "rule-0-host",
    ],
    [
      { path_prefix: "/api" },
      ["acl rule-0-path path -m str /api", "acl rule-0-path path -m beg /api/"],
      "rule-0-path",
    ],
    [{ path_prefix: "/api/" }, ["acl rule-0-path path -m beg /api/"], "rule-0-path"],
    [
      { host: "a.org", path_prefix: "/" },
      [
        "acl rule-0-host req.hdr(host),field(1,:),lower -m str a.org",
        "acl rule-0-path path -m beg /",
      ],
      "rule-0-host rule-0-path",
    ],
  ])("turns the rule %j into conditions", (changes, acls, condition) => {
    const text = config({ listeners: [listener({ rules: [rule(changes)] })] });
    const lines = section(text, "frontend port-80");
    expect(lines.filter((line) => line.startsWith("acl"))).toEqual(acls);
    expect(lines).toContain(`use_backend api.http.roundrobin if ${condition}`);
  });

  it("answers 404 where no rule matches and there is no other service", () => {
    const text = config({
      listeners: [listener({ service: null, rules: [rule({ host: "a.org" })] })],
    });
    expect(section(text, "frontend port-80")).toContain("default_backend no-rule");
    expect(section(text, "backend no-rule").join()).toContain("return status 404");
  });

  it("keeps what is served in different ways apart, and what is served in the same way once", () => {
    const text = config({
      listeners: [
        listener({ rules: [rule({ path_prefix: "/a", service: "web" })] }),
        listener({ port: 81, sticky: true }),
        listener({ port: 82, mode: "tcp", balance: "source" }),
      ],
    });
    expect(text.match(/^backend .*/gm)).toEqual([
      "backend web.http.roundrobin",
      "backend web.http.roundrobin.sticky",
      "backend web.tcp.source",
    ]);
    expect(section(text, "backend web.http.roundrobin.sticky")).toEqual(
      expect.arrayContaining([
        "dynamic-cookie-key front/web",
        "cookie covey-web insert indirect nocache httponly dynamic",
      ]),
    );
    expect(section(text, "backend web.tcp.source").join()).not.toMatch(/http|cookie|retry-on/);
  });

  it("repeats only requests that do no harm twice", () => {
    expect(section(config(), "backend web.http.roundrobin")).toEqual(
      expect.arrayContaining([
        "retry-on conn-failure empty-response",
        "http-request disable-l7-retry unless { method GET HEAD OPTIONS PUT DELETE TRACE }",
      ]),
    );
  });

  it("leaves the password of the stats page out of the text", () => {
    const stats = { port: 8404, user: "ops", password: 'a"b c' };
    const lines = section(config({ stats }), "frontend stats");
    expect(lines).toContain('stats auth "ops:${STATS_PASSWORD}"');
    expect(lines.join()).not.toContain('a"b');
    expect(config({ stats: { port: 8404, user: null, password: null } })).not.toContain(
      "stats auth",
    );
  });

  it("says the numbers it is given", () => {
    const text = config({ cpus: 2.5, address: "any", check: false, drain_ms: 5000 });
    expect(section(text, "global")).toEqual(
      expect.arrayContaining(["nbthread 3", "maxconn 2000", "hard-stop-after 5000ms"]),
    );
    expect(section(text, "frontend port-80")).toContain("bind *:80");
    expect(section(text, "backend web.http.roundrobin").join()).not.toContain("consul check");
  });
});
