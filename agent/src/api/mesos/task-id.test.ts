import fc from "fast-check";
import { kernelTaskId, mesosTaskId } from "./task-id";

describe("a Mesos task id, in the kernel,", () => {
  it.each([
    ["web.1", "f1-1.web.1"],
    ["ct:1420843781398:0:job", "f1-1.ct_x3a_1420843781398_x3a_0_x3a_job"],
    ["a_b", "f1-1.a_b"],
    ["a_x3a_", "f1-1.a_x5f_x3a_"],
    ["grün 1", "f1-1.gr_xc3bc_n_x20_1"],
  ])("'%s' is '%s'", (taskId, kernel) => {
    expect(kernelTaskId("f1-1", taskId)).toBe(kernel);
  });

  it("is a name for a container, another for every other, and comes back as it was", () => {
    const id = fc
      .string({ unit: fc.constantFrom("a", "_", "x", "5", "f", ".", ":", "ü", " "), minLength: 1 })
      .filter((text) => text.length <= 30 && text !== "." && text !== "..");
    fc.assert(
      fc.property(id, id, (one, other) => {
        const [first, second] = [kernelTaskId("f", one), kernelTaskId("f", other)];
        expect(first).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}$/);
        expect(mesosTaskId("f", first)).toBe(one);
        expect(first === second).toBe(one === other);
      }),
    );
  });
});
