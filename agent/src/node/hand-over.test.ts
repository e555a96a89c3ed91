import { VirtualClock } from "../../test/fakes/virtual-clock";
import { HandOver } from "./hand-over";

function begun(): { clock: VirtualClock; handOver: HandOver; outcome: Promise<unknown> } {
  const clock = new VirtualClock();
  const handOver = new HandOver(clock);
  const outcome = handOver.begin("n2", () => undefined).catch((error: unknown) => error);
  return { clock, handOver, outcome };
}

describe("a planned hand-over", () => {
  it("is done when the other is heard as master", async () => {
    const { handOver, outcome } = begun();
    handOver.heard({ name: "n2", term: 8 });
    expect(await outcome).toEqual({ name: "n2", term: 8 });
  });

  it("says who was elected in the other's stead", async () => {
    const { handOver, outcome } = begun();
    handOver.heard({ name: "n3", term: 8 });
    expect(await outcome).toMatchObject({ message: "not n2 but n3 was elected, in term 8" });
  });

  it("says that the master stays where the other has not stood", async () => {
    const { handOver, outcome } = begun();
    handOver.resumed();
    expect(await outcome).toMatchObject({
      fault: "conflict",
      message: "n2 has not stood for election in time: this agent stays the master",
    });
  });

  it.each(["left", "dead"] as const)(
    "ends at once where the other is %s: when all leave together nobody waits for anybody",
    async (status) => {
      const { handOver, outcome } = begun();
      handOver.seen("n3", status);
      handOver.seen("n2", "suspect");
      handOver.seen("n2", status);
      expect(await outcome).toMatchObject({
        fault: "conflict",
        message: `n2 is ${status}, and will not stand for election`,
      });
    },
  );

  it("ends at its deadline where no master is heard at all", async () => {
    const { clock, outcome } = begun();
    clock.advance(5000);
    expect(await outcome).toMatchObject({
      message: "no master has been heard 5 s after the hand-over to n2 began",
    });
  });

  it("is one at a time, and the next may follow", async () => {
    const { handOver, outcome } = begun();
    await expect(handOver.begin("n3", () => undefined)).rejects.toMatchObject({
      message: "the office is being handed to n2 already",
    });
    handOver.resumed();
    await outcome;
    const next = handOver.begin("n3", () => undefined);
    handOver.heard({ name: "n3", term: 9 });
    expect(await next).toEqual({ name: "n3", term: 9 });
  });

  it("heeds nothing that is said when none is going on", () => {
    const handOver = new HandOver(new VirtualClock());
    expect(() => {
      handOver.heard({ name: "n2", term: 8 });
      handOver.resumed();
    }).not.toThrow();
  });
});
