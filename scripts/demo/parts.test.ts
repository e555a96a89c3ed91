import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEvent } from "./container-events";
import { formatMs, formatTimes } from "./demo-times";
import { causeIn } from "./example";
import { takeLock } from "./lock";
import { parseInstant } from "./scene";

describe("the demo's lock", () => {
  const folder = mkdtempSync(join(tmpdir(), "covey-lock-"));
  const file = join(folder, "demo.lock");
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("refuses a second demo, naming the process of the first", () => {
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(`a demo runs already, as process ${process.pid}`);
    release();
    expect(() => {
      takeLock(file)();
    }).not.toThrow();
  });

  it.each([
    ["is gone", "4194305-1"], // above any process id of Linux
    ["had its number before another", `${process.pid}-1`],
  ])("is taken over from a process that %s", (_what, holder) => {
    symlinkSync(holder, file);
    expect(() => {
      takeLock(file)();
    }).not.toThrow();
  });
});

describe("times", () => {
  it("are told in ms below a second, in seconds above", () => {
    expect([1.25, 99.6, 999.4, 1234].map(formatMs)).toEqual([
      "1.3 ms",
      "100 ms",
      "999 ms",
      "1.23 s",
    ]);
  });

  it("are a table of those that were taken", () => {
    const lines = formatTimes({ replacedMs: 312, destroyMs: 4100 }).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}container killed -> new one started +312 ms$/),
      expect.stringMatching(/^ {2}destroy: nothing left +4.10 s$/),
    ]);
  });

  it("of Docker keep their parts of a millisecond", () => {
    expect(parseInstant("2026-11-23T01:26:40.123456789Z")).toBeCloseTo(
      Date.parse("2026-11-23T01:26:40Z") + 123.457,
      3,
    );
    expect(parseInstant("2026-11-23T01:26:40Z")).toBe(Date.parse("2026-11-23T01:26:40Z"));
  });
});

describe("Docker's events", () => {
  it("give the container and the instant of its start", () => {
    const line =
      '{"status":"start","Action":"start","id":"abc","Actor":{"ID":"abc"},"time":1700000000,"timeNano":1700000000123456789}';
    expect(parseEvent(line)).toEqual({
      action: "start",
      id: "abc",
      atMs: expect.closeTo(1_700_000_000_123.457, 2) as number,
    });
    expect(parseEvent("")).toBeUndefined();
  });
});

describe("the cause of a failed deploy", () => {
  it("is what Terraform frames, without the frame, once", () => {
    const text =
      "hello  covey_node.a: Creating...\nhello  ╷\n       │ Error: Image not found\n       │ \n       │ nothing:1 is not there\n       ╵\n0 Stacks deploying     1 Stack done\nInvoking Terraform CLI failed with exit code 1\n";
    expect(causeIn(text)).toBe("Error: Image not found\nnothing:1 is not there");
  });

  it("is the end of the output where nothing is framed", () => {
    expect(causeIn("a\n\nb\n")).toBe("a\nb");
  });
});
