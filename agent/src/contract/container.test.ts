import { readContainerOptions } from "../model/container";
import { serviceSchema, toServiceSpec } from "./service";
import type { ServiceInput } from "./service";

const web: ServiceInput = { name: "web", image: "web:1", instances: 1, cpus: 0.1, memMiB: 32 };

function refusal(container: unknown, more: object = {}): string {
  const { error } = serviceSchema.safeParse({ ...web, ...more, container });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") ?? "";
}

describe("the container options of a service", () => {
  it("are stored as they were given, what was left out staying out", () => {
    const container = { user: "nobody", volumes: [{ source: "/srv", target: "/data" }] };
    expect(toServiceSpec(serviceSchema.parse({ ...web, container }), () => "").container).toEqual({
      user: "nobody",
      volumes: [{ source: "/srv", target: "/data", readOnly: false }],
    });
  });

  it.each([{}, { capAdd: [] }, undefined])("that ask for nothing are none: %j", (container) => {
    expect(
      toServiceSpec(serviceSchema.parse({ ...web, container }), () => "").container,
    ).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ["a relative path", { workdir: "srv" }, "container.workdir: must be an absolute path"],
    [
      "a way up",
      { volumes: [{ source: "/srv/../etc", target: "/a" }] },
      "container.volumes.0.source: must be an absolute path without '..'",
    ],
    [
      "the root as target",
      { tmpfs: [{ path: "/", sizeMiB: 1 }] },
      "container.tmpfs.0.path: must be an absolute path without '..', other than '/'",
    ],
    ["a path that is no device", { devices: ["/etc/shadow"] }, "a path below /dev"],
    ["a capability with CAP_", { capAdd: ["CAP_NET_ADMIN"] }, "a capability without CAP_"],
    [
      "a soft limit above the hard one",
      { ulimits: [{ name: "nofile", soft: 2, hard: 1 }] },
      "container.ulimits.0.soft: must not be above hard",
    ],
    ["another container's network", { network: "container:x" }, "the name of a Docker network"],
    ["a host without an address", { extraHosts: [{ name: "db", address: "x" }] }, "an IP address"],
    [
      "two mounts on one target",
      {
        tmpfs: [{ path: "/tmp", sizeMiB: 1 }],
        volumes: [{ source: "/srv", target: "/tmp" }],
      },
      "container.volumes: two mounts have the target '/tmp'",
    ],
    ["an unknown option", { privileged: true }, "privileged"],
  ])("refuse %s, naming field and rule", (_what, container, words) => {
    expect(refusal(container)).toContain(words);
  });

  it("refuse a Docker network beside the node's own", () => {
    expect(refusal({ network: "backend" }, { network: "host" })).toBe(
      "container.network: 'backend' contradicts network 'host': leave out one of the two",
    );
  });
});

describe("container options of another version", () => {
  it("are read but for what is not known here", () => {
    expect(readContainerOptions({ init: false, gpu: 1, capAdd: [], user: null })).toEqual({
      init: false,
    });
  });

  it.each<[unknown, string]>([
    ["x", "container is not an object"],
    [{ user: 1 }, "container.user is not a string"],
    [{ tmpfs: [{ path: "/a" }] }, "container.tmpfs[0].sizeMiB is not a whole number"],
    [{ volumes: [{ source: "/a", target: "/b", readOnly: 0 }] }, "volumes[0].readOnly"],
    [{ dnsSearch: "a" }, "container.dnsSearch is not a list"],
  ])("are refused where they make no sense: %j", (value, words) => {
    expect(() => readContainerOptions(value)).toThrow(words);
  });
});
