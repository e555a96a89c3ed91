import { hclog, levelFrom } from "./log";

const now = (): Date => new Date("2026-11-25T12:00:00.123Z");

describe("the log", () => {
  it("is one JSON object a line, as Terraform's own logger reads it", () => {
    const lines: string[] = [];
    const log = hclog(
      (line) => lines.push(line),
      { minLevel: "info", now },
      () => ({ tf_rpc: "X" }),
    );
    log.debug("not asked for");
    log.warn("careful\nnow", { count: 2 });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        "@level": "warn",
        "@message": "careful\nnow",
        "@module": "provider",
        "@timestamp": "2026-11-25T12:00:00.123000Z",
        tf_rpc: "X",
        count: 2,
      },
    ]);
    expect(lines[0]).not.toContain("\n");
  });

  it("does not ask for its fields where nothing is written", () => {
    const ask = jest.fn(() => ({ tf_rpc: "X" }));
    hclog(() => undefined, { minLevel: "off", now }, ask).error("not wanted");
    hclog(() => undefined, { minLevel: "warn", now }, ask).info("not wanted");
    expect(ask).not.toHaveBeenCalled();
  });

  it("keeps to what Terraform reads in one line", () => {
    const lines: string[] = [];
    const log = hclog((line) => lines.push(line), { minLevel: "trace", now });
    log.error("\u0001".repeat(100_000), { dump: "x".repeat(100_000) });
    expect(Buffer.byteLength(lines[0] ?? "")).toBeLessThanOrEqual(64 * 1024);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ fields_left_out: "too long" });
  });

  it("does not let fields pose as the logger's own", () => {
    const lines: string[] = [];
    const log = hclog((line) => lines.push(line), { minLevel: "trace", now });
    log.info("true", { "@message": "false" });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ "@message": "true" });
  });
});

describe("the level asked for", () => {
  it.each([
    [{}, "off"],
    [{ TF_LOG: "DEBUG" }, "debug"],
    [{ TF_LOG: "json" }, "trace"],
    [{ TF_LOG: "JSON", TF_LOG_PROVIDER: "WARN" }, "warn"],
    [{ TF_LOG: "off" }, "off"],
    [{ TF_LOG: "strange" }, "trace"],
    [{ TF_LOG: "ERROR", TF_LOG_PROVIDER: "INFO", TF_LOG_PROVIDER_MY_TOY: "TRACE" }, "trace"],
    [{ TF_LOG: "ERROR", TF_LOG_PROVIDER_OTHER: "TRACE" }, "error"],
  ] as const)("by %j is %s", (environment, level) => {
    expect(levelFrom(environment, "my-toy")).toBe(level);
  });
});
