import * as fc from "fast-check";
import { decodeAccessKey, encodeAccessKey } from "./access-key";
import { accessKeyOf, consulGossipKey, decodeJoinKey, encodeJoinKey } from "./join-key";
import type { JoinKey } from "./join-key";

// Keys carry certificates as they are; what is in these is not looked at.
const key: JoinKey = {
  cluster: "prod",
  datacenter: "dc1",
  voters: { n2: "10.0.0.2", n1: "10.0.0.1", n3: "10.0.0.3" },
  authority: { certificate: "a certificate", privateKey: "its key" },
  gossipKey: Buffer.alloc(32, 1).toString("base64"),
  token: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  consul: { mode: "external", address: "http://127.0.0.1:8500", dns: "10.0.0.53" },
  mesh: "wan",
};

test("a join key gives back what it was made of", () => {
  expect(decodeJoinKey(encodeJoinKey(key))).toEqual(key);
  const managed: JoinKey = { ...key, consul: { mode: "managed" } };
  expect(decodeJoinKey(` ${encodeJoinKey(managed)}\n`)).toEqual(managed);
});

test("a join key from before the mesh's timing was said means what all had then", () => {
  const { mesh, ...older } = key;
  expect(mesh).toBe("wan");
  expect(decodeJoinKey(encodeJoinKey(older as JoinKey)).mesh).toBe("local");
  const odd = encodeJoinKey({ ...key, mesh: "moon" as JoinKey["mesh"] });
  expect(() => decodeJoinKey(odd)).toThrow("unknown timing of the mesh, 'moon'");
});

test("an access key gives back what it was made of, and names the voters in the order of their names", () => {
  const access = accessKeyOf(key);
  expect(access.endpoints).toEqual([
    "https://10.0.0.1:7440",
    "https://10.0.0.2:7440",
    "https://10.0.0.3:7440",
  ]);
  expect(decodeAccessKey(encodeAccessKey(access))).toEqual(access);
});

test("equal facts give an equal key, in whatever order they come", () => {
  const voters = { n1: "10.0.0.1", n2: "10.0.0.2", n3: "10.0.0.3" };
  expect(encodeJoinKey({ ...key, voters })).toBe(encodeJoinKey(key));
});

test.each([
  ["another kind of key", encodeAccessKey(accessKeyOf(key)), /another kind \('covey1a\.'\)/],
  ["something else", "hunter2hunter2", /begins with 'covey1j\.'/],
  ["a key cut short", encodeJoinKey(key).slice(0, 90), /damaged/],
  ["a key without a fact", `covey1j.${Buffer.from("{}").toString("base64url")}`, /lacks/],
])("%s is refused without being repeated", (_what, text, message) => {
  expect(() => decodeJoinKey(text)).toThrow(message);
  expect(() => decodeJoinKey(text)).not.toThrow(text);
});

test("any text is either a key or refused with a KeyError", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        decodeAccessKey(`covey1a.${text}`);
      } catch (error) {
        return (error as Error).name === "KeyError";
      }
      return true;
    }),
  );
});

test("Consul's gossip key is another than the mesh's, the same each time, and 32 bytes", () => {
  const derived = consulGossipKey(key.gossipKey);
  expect(derived).not.toBe(key.gossipKey);
  expect(consulGossipKey(key.gossipKey)).toBe(derived);
  expect(Buffer.from(derived, "base64")).toHaveLength(32);
});
