import { AddressPlan, hardwareAddress } from "./address-plan";

describe("a lab's addresses", () => {
  it("follow from the network: hosts from 1 on, registry and machine at the end", () => {
    const plan = new AddressPlan("10.99.3");
    expect([plan.host(1), plan.host(5)]).toEqual(["10.99.3.1", "10.99.3.5"]);
    expect([plan.registry, plan.machine]).toEqual(["10.99.3.253", "10.99.3.254"]);
    expect([plan.interface, plan.cgroup]).toEqual(["covey-lab3", "covey-lab3"]);
    expect(plan.containers(2)).toBe("172.30.2.1/24");
  });

  it("are in the first network that no route meets", () => {
    const [first] = AddressPlan.free(["default", "172.17.0.0/16", "192.0.2.0/24"]);
    expect(first?.network).toBe("10.99.0");
    const [second] = AddressPlan.free(["10.99.0.0/24", "10.99.1.7"]);
    expect(second?.network).toBe("10.99.2");
  });

  it("have a hardware address that follows from them", () => {
    expect(hardwareAddress("10.99.0.5")).toBe("02:c0:0a:63:00:05");
  });

  it("are refused where a wider route holds all of them", () => {
    expect(() => AddressPlan.free(["10.0.0.0/8"])).toThrow(/every network .* is in use/);
  });

  it("are refused for a host that no lab has, and for a network that is not a lab's", () => {
    expect(() => new AddressPlan("10.99.0").host(201)).toThrow("1 to 200 hosts");
    expect(() => new AddressPlan("10.0.0")).toThrow("'10.0.0'");
  });
});
