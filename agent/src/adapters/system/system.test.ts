import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { systemClock } from "./clock";
import { lessHeadroom, readMachine } from "./machine";
import { systemRandom } from "./random";

describe("clock", () => {
  test("never goes back", () => {
    const first = systemClock.nowMs();
    expect(systemClock.nowMs()).toBeGreaterThanOrEqual(first);
  });

  test("runs once, after the delay", async () => {
    const start = systemClock.nowMs();
    await new Promise<void>((resolve) => {
      systemClock.after(20, resolve);
      // The clock's own timer does not keep the process alive; this one does.
      setTimeout(resolve, 5000).unref();
    });
    expect(systemClock.nowMs() - start).toBeGreaterThanOrEqual(18);
  });

  test("a cancelled timer does not run", async () => {
    const ran: string[] = [];
    systemClock.after(1, () => ran.push("cancelled")).cancel();
    await new Promise<void>((resolve) => {
      systemClock.after(10, () => {
        ran.push("kept");
        resolve();
      });
    });
    expect(ran).toEqual(["kept"]);
  });
});

describe("random", () => {
  test("is uniform in [0, 1)", () => {
    const drawn = Array.from({ length: 2000 }, () => systemRandom.next());
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });

  test("gives as many bytes of hex as asked, each time others", () => {
    expect(systemRandom.hex(16)).toMatch(/^[0-9a-f]{32}$/);
    expect(systemRandom.hex(16)).not.toBe(systemRandom.hex(16));
  });
});

describe("machine", () => {
  test("offers all cpus, and memory and disk less a headroom", () => {
    const dir = mkdtempSync(join(tmpdir(), "covey-machine-"));
    const machine = readMachine(dir);
    rmSync(dir, { recursive: true });
    expect(machine.cpus).toBe(availableParallelism());
    expect(machine.memMiB).toBeLessThan(totalmem() / 1024 / 1024);
    expect(machine.memMiB).toBeGreaterThan(0);
    expect(machine.diskMiB).toBeGreaterThan(0);
    expect(machine.ports).toEqual([{ begin: 31000, end: 32000 }]);
  });

  test.each([
    { total: 16_384, offered: 15_360 },
    { total: 2048, offered: 1024 },
    { total: 1000, offered: 500 },
    { total: 1, offered: 1 },
  ])("of $total MiB, with 1024 to keep, offers $offered", ({ total, offered }) => {
    expect(lessHeadroom(total, 1024)).toBe(offered);
  });

  test("a disk that cannot be asked is an error naming the setting that helps", () => {
    expect(() => readMachine("/nowhere/at/all")).toThrow(/set resources\.diskMiB/);
  });
});
