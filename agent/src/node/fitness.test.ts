import { VirtualClock } from "../../test/fakes/virtual-clock";
import { Fitness } from "./fitness";

/** Lets what was promised happen. */
const settle = (): Promise<void> => new Promise(setImmediate);

describe("the fitness of a thing", () => {
  it("is asked every five seconds, and every second while there is a fault", async () => {
    const clock = new VirtualClock();
    const answers: (string | undefined)[] = ["starting", "starting", undefined];
    let asked = 0;
    const fitness = new Fitness(clock, () => Promise.resolve(answers[asked++]));
    expect(fitness.fault).toBe("not asked yet");
    fitness.start();
    await settle();
    expect(fitness.fault).toBe("starting");
    clock.advance(1000);
    await settle();
    clock.advance(1000);
    await settle();
    expect([asked, fitness.fault]).toEqual([3, undefined]);
    clock.advance(4999);
    await settle();
    expect(asked).toBe(3);
    clock.advance(1);
    await settle();
    expect(asked).toBe(4);
    fitness.stop();
  });

  it("is what was thrown where asking fails, and not asked any more once stopped", async () => {
    const clock = new VirtualClock();
    let asked = 0;
    const fitness = new Fitness(clock, () => {
      asked++;
      return Promise.reject(new Error("no way"));
    });
    fitness.start();
    await settle();
    expect(fitness.fault).toBe("Error: no way");
    fitness.stop();
    clock.advance(10_000);
    await settle();
    expect(asked).toBe(1);
  });
});
