import fc from "fast-check";
import { containerOptions } from "../../../test/fakes/container-options";
import type { DesiredState } from "../../model/desired-state";
import type { HealthCheck } from "../../model/health";
import type { ServiceSpec } from "../../model/service";
import type { StoredPair } from "./layout";
import { decodeState, encodeChange, encodeTerm, layoutOf, parsePairs } from "./layout";
import { checkSize } from "./transaction";

const layout = layoutOf("prod");

function pair(key: string, value: string): StoredPair {
  return { key, modifyIndex: 9, value: Buffer.from(value).toString("base64") };
}

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const count = fc.nat({ max: 1_000_000 });
const check: fc.Arbitrary<HealthCheck> = fc.record(
  {
    kind: fc.constantFrom("http", "tcp", "grpc", "command"),
    port: name,
    path: fc.string(),
    service: fc.option(fc.string(), { nil: undefined }),
    command: fc.option(fc.array(fc.string()), { nil: undefined }),
    intervalMs: count,
    timeoutMs: count,
    graceMs: count,
    maxFailures: count,
    minSuccesses: fc.option(count, { nil: undefined }),
  },
  { noNullPrototype: true },
);
const service: fc.Arbitrary<ServiceSpec> = fc.record(
  {
    name,
    image: fc.string({ unit: "grapheme" }),
    instances: count,
    cpus: fc.double({ min: 0, max: 1024, noNaN: true }).map(Math.abs),
    memMiB: count,
    ports: fc.array(
      fc.record(
        {
          name,
          containerPort: count,
          hostPort: fc.option(count, { nil: undefined }),
          protocol: fc.constantFrom("tcp", "udp"),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
    network: fc.constantFrom("bridge", "host"),
    env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,8}$/), fc.string(), { noNullPrototype: true }),
    command: fc.option(fc.array(fc.string()), { nil: undefined }),
    health: fc.option(check, { nil: undefined }),
    readiness: fc.option(check, { nil: undefined }),
    constraints: fc.array(
      fc.record(
        {
          attribute: fc.string(),
          operator: fc.constantFrom("UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER"),
          value: fc.option(fc.string(), { nil: undefined }),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
    killGraceMs: count,
    container: containerOptions,
  },
  { noNullPrototype: true },
);

describe("the desired state as keys and values", () => {
  test("every service comes back as it was written", () => {
    fc.assert(
      fc.property(service, (spec) => {
        const { key, value } = encodeChange(layout, { kind: "put-service", spec });
        const decoded = decodeState(layout, [
          pair(layout.term, encodeTerm(4, "n1")),
          pair(key, value ?? ""),
        ]);
        expect(decoded.unreadable).toEqual([]);
        expect(decoded.state).toStrictEqual({
          term: 4,
          nodes: {},
          services: { [spec.name]: spec },
        });
      }),
    );
  });

  test("the voters that are wanted, and those there are, come back; damaged they stand as last read", () => {
    const electorate = { term: 4, version: 2, voters: ["n1", "n4"] };
    const pairs = [
      encodeChange(layout, { kind: "want-voters", voters: ["n1", "n4", "n5"] }),
      encodeChange(layout, { kind: "put-electorate", electorate }),
    ].map(({ key, value }) => pair(key, value ?? ""));
    const { state } = decodeState(layout, pairs);
    expect(state).toMatchObject({ wantedVoters: ["n1", "n4", "n5"], electorate });
    const hurt = [pair(layout.voters, '{"wanted":["n1","n1"]}'), pair(layout.electorate, "{}")];
    const again = decodeState(layout, hurt, state);
    expect(again.state).toMatchObject({ wantedVoters: ["n1", "n4", "n5"], electorate });
    expect(again.unreadable.map(({ why }) => why)).toEqual([
      "wanted is not a list of 1 to 7 different names",
      "is no electorate: term, version, and 1 to 7 different voters",
    ]);
  });

  test("nothing that may lie in a value makes reading fail; it is reported with its key", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
        const key = layout.service("web");
        const decoded = decodeState(layout, [pair(key, value)]);
        expect(decoded.unreadable.map((fault) => fault.key)).toEqual([key]);
        expect(decoded.state.services).toEqual({});
      }),
    );
  });

  test("what cannot be read stands as it was last read; what is gone is gone", () => {
    const node = { name: "n1", address: "10.0.0.1", voter: true, draining: false };
    const known: DesiredState = {
      term: 1,
      nodes: { n1: node, n2: { ...node, name: "n2" } },
      services: {},
    };
    const { state } = decodeState(layout, [pair(layout.node("n1"), "{")], known);
    expect(state.nodes).toEqual({ n1: node });
  });

  test("a value that names another thing than its key is no value of that key", () => {
    const node = { name: "n2", address: "10.0.0.2", voter: true, draining: false };
    const decoded = decodeState(layout, [pair(layout.node("n1"), JSON.stringify(node))]);
    expect(decoded.unreadable[0]?.why).toBe("its name is 'n2', its key says 'n1'");
  });

  test("keys of others under the same prefix are passed over", () => {
    const decoded = decodeState(layout, [pair("covey/prod/notes/x", "?"), pair("covey/prod/", "")]);
    expect(decoded.unreadable).toEqual([]);
    expect(decoded.term).toBeUndefined();
  });

  test("a listing that is none is empty", () => {
    expect(parsePairs(null)).toEqual([]);
    expect(parsePairs([7, null, {}, { Key: 1, ModifyIndex: 2 }])).toEqual([]);
  });
});

describe("size of a transaction", () => {
  test("is bounded as a whole, naming the largest part", () => {
    const set = (key: string, bytes: number) => ({
      verb: "set" as const,
      key,
      value: "x".repeat(bytes),
    });
    expect(() => checkSize([set("a", 1000), set("b", 380_000)])).not.toThrow();
    expect(() => checkSize([set("a", 200_000), set("b", 250_000)])).toThrow(
      /largest part is b with 250000/,
    );
  });
});
