import { serviceSpec } from "../../../test/fakes/specs";
import type { ServiceSpec } from "../../model/service";
import { sameSpec, specVersion } from "./version";

const web = serviceSpec("web", { env: { A: "1", B: "2" } });

describe("a service's version", () => {
  it("is known beforehand: it must not change with a release of Covey, or every service restarts", () => {
    expect(specVersion(web)).toBe("1wrwnlebfiei7");
  });

  it("does not change with the number of instances, the order of keys, or a trip through JSON", () => {
    const version = specVersion(web);
    expect(specVersion({ ...web, instances: 9 })).toBe(version);
    expect(specVersion({ ...web, env: { B: "2", A: "1" } })).toBe(version);
    expect(specVersion(JSON.parse(JSON.stringify(web)) as ServiceSpec)).toBe(version);
    expect(sameSpec(web, JSON.parse(JSON.stringify(web)) as ServiceSpec)).toBe(true);
    expect(sameSpec(web, { ...web, instances: 9 })).toBe(false);
  });

  it("changes with a secret's digest, and says nothing of its value", () => {
    const withSecret = (value: string, digest: string): string =>
      specVersion({ ...web, provision: { secrets: [{ name: "DB", value, digest }] } });
    expect(withSecret("one", "d1")).toBe(withSecret("two", "d1"));
    expect(withSecret("one", "d1")).not.toBe(withSecret("one", "d2"));
    expect(withSecret("one", "d1")).not.toBe(specVersion(web));
  });

  it.each<[string, Partial<ServiceSpec>]>([
    ["image", { image: "web:2" }],
    ["env", { env: { A: "1" } }],
    ["command", { command: ["sleep", "1"] }],
    ["memory", { memMiB: 33 }],
    ["a port", { ports: [{ name: "a", containerPort: 1, hostPort: undefined, protocol: "tcp" }] }],
    ["the grace", { killGraceMs: 1 }],
  ])("changes with %s, and is a valid part of a container's name", (_what, changes) => {
    const version = specVersion({ ...web, ...changes });
    expect(version).not.toBe(specVersion(web));
    expect(version).toMatch(/^[a-z0-9]{1,13}$/);
  });
});
