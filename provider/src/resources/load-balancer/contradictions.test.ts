import type { Listener, Rule } from "./balancing";
import { contradictions } from "./contradictions";

const rule = (host: string | null, path_prefix: string | null = null): Rule => ({
  host,
  path_prefix,
  service: "api",
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

function refusals(...listeners: Listener[]): string[] {
  return contradictions({ listeners, stats: null, constraints: null }).map(
    ({ path, detail }) => `${path.join(".")}: ${detail}`,
  );
}

describe("what a load balancer cannot be", () => {
  it("takes what does not contradict itself", () => {
    const rules = [rule("a.org", "/x"), rule("a.org"), rule("*.a.org"), rule(null, "/x")];
    expect(refusals(listener({ rules }), listener({ port: 81, mode: "tcp" }))).toEqual([]);
  });

  it.each([
    [
      "listens twice on a port",
      [listener(), listener()],
      /^listeners.1.port: .* is 80, which listeners\[0\] has/,
    ],
    [
      "has rules for bytes",
      [listener({ mode: "tcp", rules: [rule("a.org")] })],
      /^listeners.0.rules: mode is "tcp"/,
    ],
    [
      "has a cookie for bytes",
      [listener({ mode: "tcp", sticky: true })],
      /^listeners.0.sticky: .*balance to "source"/,
    ],
    [
      "passes bytes to nobody",
      [listener({ mode: "tcp", service: null })],
      /^listeners.0.service: .*name the service/,
    ],
    [
      "passes requests to nobody",
      [listener({ service: null })],
      /^listeners.0: .*name a service, or give it rules/,
    ],
    [
      "has a rule without a condition",
      [listener({ rules: [rule(null)] })],
      /^listeners.0.rules.0: rules\[0\] has no host/,
    ],
  ])("refuses one that %s", (_what, listeners, refusal) => {
    expect(refusals(...listeners)).toEqual([expect.stringMatching(refusal)]);
  });

  it.each([
    [rule("a.org"), rule("a.org", "/x"), true],
    [rule("*.org"), rule("a.org"), true],
    [rule("*.org"), rule("*.a.org"), true],
    [rule(null, "/x"), rule("a.org", "/x/y"), true],
    [rule(null, "/"), rule("a.org"), true],
    [rule(null, "/x"), rule(null, "/xy"), false],
    [rule("a.org", "/x"), rule("a.org"), false],
    [rule("*.a.org"), rule("a.org"), false],
    [rule("a.org"), rule("*.org"), false],
    [rule("a.org"), rule(null, "/x"), false],
  ])("sees whether %j takes all of %j: %s", (first, second, never) => {
    const found = refusals(listener({ rules: [first, second] }));
    expect(found.length).toBe(never ? 1 : 0);
    expect(found.every((one) => one.startsWith("listeners.0.rules.1: rules[1]"))).toBe(true);
  });

  it("refuses half a login, a port that the stats page has, and the constraint that is there anyway", () => {
    const stats = { port: 80, user: "ops", password: null };
    const constraints = [{ attribute: "node", operator: "UNIQUE" }];
    const found = contradictions({ listeners: [listener()], stats, constraints });
    expect(found.map(({ path }) => path)).toEqual([
      ["stats", "port"],
      ["stats", "password"],
      ["constraints", 0],
    ]);
  });
});
