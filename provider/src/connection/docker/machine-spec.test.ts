import { machineOptions, machineSteps } from "./machine-spec";
import type { FoundMachine, MachineSpec } from "./machine-spec";

const spec: MachineSpec = {
  name: { cluster: "prod", node: "n1" },
  address: "10.9.1.11",
  image: "covey/node:1",
  subnet: "10.9.1.0/24",
  limits: { cpus: 1.5, memoryMiB: 1024 },
  dataDir: "/var/lib/covey/prod/n1",
  dockerSocket: "/var/run/docker.sock",
};

function found(over: Partial<FoundMachine> = {}, of = spec): FoundMachine {
  const { Labels = {}, HostConfig } = machineOptions(of);
  return {
    labels: Labels,
    running: true,
    startedAt: new Date(0),
    nanoCpus: HostConfig?.NanoCpus ?? 0,
    memoryBytes: HostConfig?.Memory ?? 0,
    ...over,
  };
}

describe("a node's container", () => {
  const options = machineOptions(spec);

  it("has the node's address, name and volumes, and comes back with the machine", () => {
    expect(options).toMatchObject({
      name: "covey-prod-n1",
      Hostname: "n1",
      HostConfig: {
        NetworkMode: "covey-prod",
        RestartPolicy: { Name: "unless-stopped" },
        NanoCpus: 1_500_000_000,
        Memory: 1_073_741_824,
        MemorySwap: 1_073_741_824,
        Mounts: [
          { Source: "covey-prod-n1", Target: "/var/lib/covey" },
          { Source: "covey-prod.programs", Target: "/var/lib/covey.programs" },
        ],
      },
      NetworkingConfig: {
        EndpointsConfig: { "covey-prod": { IPAMConfig: { IPv4Address: "10.9.1.11" } } },
      },
    });
  });

  it("is not privileged: two capabilities more than any container", () => {
    expect(options.HostConfig?.Privileged).toBeUndefined();
    expect(options.HostConfig?.CapAdd).toEqual(["SYS_ADMIN", "NET_ADMIN"]);
  });

  it("has no label by which its tasks are found", () => {
    expect(Object.keys(options.Labels ?? {})).not.toContain("covey.cluster");
    expect(Object.keys(options.Labels ?? {})).not.toContain("covey.node");
  });
});

describe("what it takes to get there", () => {
  test.each([
    ["made and started where there is none", spec, undefined, ["create", "start"]],
    ["left alone where it is so already", spec, found(), []],
    ["started where it has stopped", spec, found({ running: false }), ["start"]],
    ["limited in place", { ...spec, limits: { cpus: 1, memoryMiB: 1024 } }, found(), ["limit"]],
    [
      "made anew to lift a limit",
      { ...spec, limits: { cpus: 1.5 } },
      found(),
      ["replace", "start"],
    ],
    [
      "made anew of another image",
      { ...spec, image: "covey/node:2" },
      found(),
      ["replace", "start"],
    ],
    [
      "made anew at another address",
      { ...spec, address: "10.9.1.12" },
      found(),
      ["replace", "start"],
    ],
  ])("it is %s", (_case, wanted, there, steps) => {
    expect(machineSteps(wanted, there)).toEqual(steps);
  });

  it("does not look at the network's size: that is settled when the network is made", () => {
    expect(machineSteps({ ...spec, subnet: "10.9.0.0/16" }, found())).toEqual([]);
  });
});
