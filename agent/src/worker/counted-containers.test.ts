import { MemoryContainers } from "../../test/fakes/memory-containers";
import { taskSpec } from "../../test/fakes/specs";
import { VirtualClock } from "../../test/fakes/virtual-clock";
import { CountedContainers } from "./counted-containers";

describe("a counted container engine", () => {
  const engine = new MemoryContainers({ clock: new VirtualClock() });
  const counted = new CountedContainers(engine);

  test("does what the engine does, and counts what it refuses by operation and fault", async () => {
    const id = await counted.create(taskSpec("t1"));
    await counted.start(id);
    expect(await counted.look("t1")).toMatchObject({ id, state: "running" });
    expect(counted.failures()).toEqual([]);
    for (let again = 0; again < 2; again++)
      await expect(counted.create(taskSpec("t1"))).rejects.toThrow("exists already");
    engine.missingImages.add("gone:1");
    await expect(counted.ensureImage({ image: "gone:1", always: false })).rejects.toThrow(
      "is not there",
    );
    expect(counted.failures()).toEqual([
      { operation: "create", fault: "name-taken", count: 2 },
      { operation: "image", fault: "image-not-found", count: 1 },
    ]);
  });
});
