import type { EngineNetwork } from "../engine";
import { defaultSubnet, planNetwork } from "./cluster-network";
import type { WantedNetwork } from "./cluster-network";

const wanted: WantedNetwork = {
  cluster: "prod",
  address: "10.9.1.11",
  voters: ["10.9.1.11"],
  subnet: "10.9.1.0/24",
};
const bridge = network("bridge", ["172.17.0.0/16"]);
const own = network("covey-prod", ["10.9.1.0/24"], { "covey.machine.cluster": "prod" });

function network(
  name: string,
  subnets: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): EngineNetwork {
  return { id: `id-${name}`, name, labels, subnets };
}

test("the first node of a cluster makes its network, a /24 around the address", () => {
  expect(defaultSubnet("10.9.1.11")).toBe("10.9.1.0/24");
  expect(planNetwork(wanted, [bridge])).toEqual({
    kind: "make",
    name: "covey-prod",
    subnet: "10.9.1.0/24",
    gateway: "10.9.1.1",
  });
});

test("the gateway makes way for a node or voter that has the first address", () => {
  const plans = [
    planNetwork({ ...wanted, address: "10.9.1.1" }, []),
    planNetwork({ ...wanted, voters: ["10.9.1.1", "10.9.1.11"] }, []),
  ];
  for (const plan of plans) expect(plan).toMatchObject({ gateway: "10.9.1.254" });
  const wide = planNetwork({ ...wanted, address: "10.9.0.1", subnet: "10.9.0.0/16" }, []);
  expect(wide).toMatchObject({ gateway: "10.9.255.254" });
});

test("the others use it, also where it is wider than their own plan", () => {
  expect(planNetwork(wanted, [bridge, own])).toEqual({ kind: "present", name: "covey-prod" });
  const wide = { ...own, subnets: ["10.9.0.0/16"] };
  expect(planNetwork(wanted, [wide])).toMatchObject({ kind: "present" });
});

test.each([
  [
    "overlaps",
    wanted,
    [network("lab", ["10.9.0.0/16"])],
    /overlap Docker network lab \(10.9.0.0\/16\)/,
  ],
  [
    "is somebody else's",
    wanted,
    [network("covey-prod", ["10.9.1.0/24"])],
    /not made for cluster 'prod'/,
  ],
  [
    "is another one",
    { ...wanted, address: "10.9.2.5", subnet: "10.9.2.0/24" },
    [own],
    /outside of the cluster's Docker network covey-prod \(10.9.1.0\/24\)/,
  ],
  [
    "has it for itself",
    { ...wanted, address: "10.9.1.255" },
    [],
    /broadcast address of 10.9.1.0\/24/,
  ],
  ["is its own name", { ...wanted, address: "10.9.1.0" }, [], /network address/],
  [
    "does not hold the address",
    { ...wanted, subnet: "10.8.0.0/16" },
    [],
    /10.9.1.11 is not in docker.subnet 10.8.0.0\/16/,
  ],
])("a node is refused where the network %s", (_case, node, networks, why) => {
  expect(() => planNetwork(node, networks)).toThrow(why);
});
