import { Interrupt } from "./interrupt";

describe("the interrupt of a call", () => {
  it("aborts the signal that was asked for before", () => {
    const interrupt = new Interrupt();
    const { signal } = interrupt;
    expect(signal.aborted).toBe(false);
    interrupt.abort();
    expect(signal.aborted).toBe(true);
  });

  it("has aborted the signal that is asked for afterwards", () => {
    const interrupt = new Interrupt();
    interrupt.abort();
    expect(interrupt.signal.aborted).toBe(true);
  });

  it("always gives the same signal", () => {
    const interrupt = new Interrupt();
    expect(interrupt.signal).toBe(interrupt.signal);
  });
});
