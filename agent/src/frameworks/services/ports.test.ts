import fc from "fast-check";
import { holdsPort } from "../../model/resources";
import type { ServicePort } from "../../model/service";
import { choosePorts } from "./ports";

const port = (name: string, hostPort?: number): ServicePort => ({
  name,
  containerPort: 80,
  hostPort,
  protocol: "tcp",
});
const free = [
  { begin: 100, end: 102 },
  { begin: 200, end: 200 },
];

describe("choosing host ports", () => {
  it("takes fixed ones as they are and draws the others", () => {
    const spec = { ports: [port("a"), port("b", 200)], network: "bridge" as const };
    expect(choosePorts(spec, free, () => 0.99)).toEqual({
      kind: "chosen",
      ports: [
        { name: "a", containerPort: 80, hostPort: 102, protocol: "tcp" },
        { name: "b", containerPort: 80, hostPort: 200, protocol: "tcp" },
      ],
    });
  });

  it("on the host's network the container's port is the host's", () => {
    const spec = { ports: [port("a")], network: "host" as const };
    expect(choosePorts(spec, free, () => 0)).toMatchObject({
      message: "port 80 is taken or not offered here",
    });
    expect(choosePorts(spec, [{ begin: 80, end: 80 }], () => 0)).toMatchObject({
      ports: [{ containerPort: 80, hostPort: 80 }],
    });
  });

  it("on the host's network draws one where the service leaves it open", () => {
    const open = { ...port("a"), containerPort: 0 };
    const spec = { ports: [open], network: "host" as const };
    expect(choosePorts(spec, free, () => 0.99)).toMatchObject({
      ports: [{ containerPort: 200, hostPort: 200 }],
    });
  });

  it("says how many are missing", () => {
    const spec = { ports: [port("a"), port("b"), port("c", 200)], network: "bridge" as const };
    const few = [{ begin: 100, end: 100 }, ...free.slice(1)];
    expect(choosePorts(spec, few, () => 0)).toMatchObject({
      message: "needs 2 ports of its range, 1 free",
    });
  });

  it("never gives one port twice, nor one that is not free", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4 }),
        (count, draws) => {
          const ports = Array.from({ length: count }, (_, index) => port(`p${index}`));
          let drawn = 0;
          const choice = choosePorts(
            { ports, network: "bridge" },
            free,
            () => draws[drawn++ % draws.length] ?? 0,
          );
          const given = choice.kind === "chosen" ? choice.ports.map((one) => one.hostPort) : [];
          expect(new Set(given).size).toBe(count);
          expect(given.every((one) => holdsPort(free, one))).toBe(true);
        },
      ),
    );
  });
});
