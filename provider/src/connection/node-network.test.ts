import { ensureAddress, planAddress } from "./node-network";
import type { Engine, EngineNetwork, NewNetwork } from "./engine";

const name = { cluster: "prod", node: "n1" };
const host = [
  { interface: "lo", address: "127.0.0.1", prefix: 8 },
  { interface: "eth0", address: "192.0.2.2", prefix: 24 },
];

function network(over: Partial<EngineNetwork>): EngineNetwork {
  return { id: "1", name: "bridge", labels: {}, subnets: ["172.17.0.0/16"], ...over };
}

describe("a node's address", () => {
  test.each(["127.0.0.1", "127.77.7.3", "192.0.2.2"])(
    "%s, which the machine has, is used as it is",
    (address) => {
      expect(planAddress(name, address, host, [network({})])).toEqual({ kind: "host" });
    },
  );

  test("that the machine does not have becomes the gateway of a network of its own", () => {
    expect(planAddress(name, "10.77.1.1", host, [network({})])).toEqual({
      kind: "make",
      network: {
        name: "covey-prod-n1",
        subnet: "10.77.1.0/24",
        gateway: "10.77.1.1",
        bridge: expect.stringMatching(/^br-[0-9a-f]{10}$/) as string,
        labels: { "covey.cluster": "prod", "covey.node": "n1" },
      },
    });
  });

  test("is found again where an earlier attempt has made the network", () => {
    const own = network({ name: "covey-prod-n1", subnets: ["10.77.1.0/24"] });
    const bridge = { interface: "br-1", address: "10.77.1.1", prefix: 24 };
    expect(planAddress(name, "10.77.1.1", [...host, bridge], [own])).toEqual({
      kind: "present",
      network: "covey-prod-n1",
    });
  });
});

describe("an address that cannot be had is refused", () => {
  test.each<[string, string, readonly EngineNetwork[], RegExp]>([
    [
      "of another node",
      "10.77.1.1",
      [
        network({
          name: "covey-prod-n2",
          subnets: ["10.77.1.0/24"],
          labels: { "covey.cluster": "prod", "covey.node": "n2" },
        }),
      ],
      /is the address of node 'n2' of cluster 'prod'/,
    ],
    [
      "inside a Docker network",
      "172.17.5.1",
      [network({})],
      /172\.17\.5\.0\/24, which overlaps Docker network bridge \(172\.17\.0\.0\/16\)/,
    ],
    ["beside the machine's own", "192.0.2.77", [], /overlaps interface eth0 \(192\.0\.2\.2\/24\)/],
    [
      "that is a network's",
      "10.77.1.0",
      [],
      /is the network address of 10\.77\.1\.0\/24; take 10\.77\.1\.1/,
    ],
    ["that is a broadcast", "10.77.1.255", [], /is the broadcast address/],
    [
      "with an old network of the same node",
      "10.78.1.1",
      [network({ name: "covey-prod-n1", subnets: ["10.77.1.0/24"] })],
      /docker network rm covey-prod-n1/,
    ],
  ])("one %s", (_what, address, networks, message) => {
    expect(() => planAddress(name, address, host, networks)).toThrow(message);
  });
});

test("only a network that has to be made is made", async () => {
  const made: NewNetwork[] = [];
  const engine = { createNetwork: (one: NewNetwork) => Promise.resolve(void made.push(one)) };
  const ensure = (address: string, networks: readonly EngineNetwork[] = []) =>
    ensureAddress(engine as unknown as Engine, planAddress(name, address, host, networks));

  expect(await ensure("127.0.0.1")).toBeUndefined();
  expect(
    await ensure("10.77.1.1", [network({ name: "covey-prod-n1", subnets: ["10.77.1.0/24"] })]),
  ).toBe("covey-prod-n1");
  expect(made).toEqual([]);
  expect(await ensure("10.77.1.1")).toBe("covey-prod-n1");
  expect(made).toHaveLength(1);
});
