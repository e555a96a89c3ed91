import type { Provision } from "../model/provision";
import { serviceSchema, toServiceSpec } from "./service";
import type { ServiceInput } from "./service";

const web: ServiceInput = { name: "web", image: "web:1", instances: 1, cpus: 0.1, memMiB: 32 };

function stored(provision: ServiceInput["provision"]): Provision | undefined {
  const digestOf = (what: string, value: string): string => `${what}: ${value.length}`;
  return toServiceSpec(serviceSchema.parse({ ...web, provision }), digestOf).provision;
}

function refusal(provision: unknown, more: object = {}): string {
  const { error } = serviceSchema.safeParse({ ...web, ...more, provision });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") ?? "";
}

describe("what a service's instances are provided with", () => {
  it.each([undefined, {}, { pull: "missing" as const }, { secrets: {} }])(
    "is nothing where nothing is asked for, so that services of before keep their version: %j",
    (provision) => expect(stored(provision)).toBeUndefined(),
  );

  it("may be an image that is pulled always", () => {
    expect(stored({ pull: "always" })).toEqual({ pull: "always" });
    expect(refusal({ pull: "never" })).toMatch(/^provision.pull: .*"missing"\|"always"/);
  });

  it("has a digest of each secret, and the secrets by name", () => {
    expect(
      stored({ registryAuth: { username: "u", password: "pw" }, secrets: { b: "1", a: "" } }),
    ).toEqual({
      registryAuth: { username: "u", password: { value: "pw", digest: "registry password: 2" } },
      secrets: [
        { name: "a", value: "", digest: "secret a: 0" },
        { name: "b", value: "1", digest: "secret b: 1" },
      ],
    });
  });

  it.each<[string, object, string]>([
    ["a way up", { secrets: { "../x": "v" } }, "must be a file's name"],
    ["a hidden file", { secrets: { ".x": "v" } }, "must be a file's name"],
    ["a long secret", { secrets: { x: "ä".repeat(32_769) } }, "must be at most 65536 bytes"],
    [
      "many secrets",
      { secrets: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`n${i}`, ""])) },
      "must be at most 32 secrets",
    ],
    [
      "much in all",
      { secrets: { a: "x".repeat(65_536), b: "x".repeat(65_536), c: "x" } },
      "must be at most 131072 bytes together",
    ],
    ["a user without a password", { registryAuth: { username: "u" } }, "registryAuth.password"],
  ])("is refused with %s", (_what, provision, message) => {
    expect(refusal(provision)).toContain(message);
  });

  it("is refused where something else is mounted over the secrets", () => {
    const container = { tmpfs: [{ path: "/run/secrets/", sizeMiB: 1 }] };
    expect(refusal({ secrets: { a: "1" } }, { container })).toContain("container: a mount has");
    expect(refusal({ pull: "always" }, { container })).toBe("");
  });
});
