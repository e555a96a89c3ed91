import { dropRule, slowCommand } from "./faults";

describe("the commands that make faults", () => {
  it("drop what comes in before anything else sees it, containers' packets too", () => {
    expect(dropRule("-I", "in").join(" ")).toBe(
      "iptables -w 5 -t mangle -I PREROUTING -i eth0 -j DROP",
    );
  });

  it("drop what goes out after everything else", () => {
    expect(dropRule("-D", "out").join(" ")).toBe(
      "iptables -w 5 -t mangle -D POSTROUTING -o eth0 -j DROP",
    );
  });

  it("slow a cable down", () => {
    expect(slowCommand("h1", 5).join(" ")).toBe(
      "tc qdisc replace dev h1 root tbf rate 5mbit burst 32kbit latency 400ms",
    );
  });

  it.each([0, -1, NaN, 20_000])("refuse %p Mbit/s", (mbit) => {
    expect(() => slowCommand("h1", mbit)).toThrow("must be a number from 0.1 to 10000");
  });
});
