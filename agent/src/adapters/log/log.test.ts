import { createLog } from "./log";
import type { LogLevel } from "./log";

function recorded(level: LogLevel = "debug") {
  const lines: string[] = [];
  const log = createLog({ level, name: "n1", destination: { write: (line) => lines.push(line) } });
  const parsed = (): Record<string, unknown>[] =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, parsed };
}

describe("log", () => {
  test("writes one JSON line an event, with level, time, name, fields and message", () => {
    const { log, lines, parsed } = recorded();
    log.info("task runs", { taskId: "t1", ports: [1, 2] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(parsed()[0]).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      name: "n1",
      taskId: "t1",
      ports: [1, 2],
      msg: "task runs",
    });
  });

  test("is silent below its level", () => {
    const { log, parsed } = recorded("warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(parsed().map((line) => line["msg"])).toEqual(["c", "d"]);
  });

  test("with() adds fields to every line and leaves the first log as it was", () => {
    const { log, parsed } = recorded();
    const more = log.with({ part: "mesh" }).with({ peer: "n2" });
    more.info("one", { peer: "n3" });
    log.info("two");
    expect(parsed()[0]).toMatchObject({ part: "mesh", peer: "n3" });
    expect(parsed()[1]).not.toHaveProperty("part");
  });

  test("never writes a secret, however deep and however it is named", () => {
    const { log, lines } = recorded();
    const bare = "hush-hush";
    log.with({ token: bare }).error("refused", {
      key: bare,
      config: { gossipKey: bare, tls: { key: bare }, consul: [{ token: bare }] },
      headers: { Authorization: `Bearer ${bare}`, "x-consul-token": bare },
      pem: `-----BEGIN EC PRIVATE KEY-----\n${bare}\n-----END EC PRIVATE KEY-----`,
      password: { nested: bare },
    });
    expect(lines.join("")).not.toContain(bare);
    expect(lines.join("")).toContain("[secret]");
  });

  test("names that only look like secrets are written", () => {
    const { log, parsed } = recorded();
    log.info("read", { path: "covey/prod/term", keys: 3, tokenised: true, monkey: "m" });
    expect(parsed()[0]).toMatchObject({
      path: "covey/prod/term",
      keys: 3,
      tokenised: true,
      monkey: "m",
    });
  });

  test("tells an error's message, code and cause, and nothing that hangs on it", () => {
    const { log, lines, parsed } = recorded();
    const cause = Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" });
    const error = Object.assign(new Error("cannot ask", { cause }), {
      request: { headers: "hush-hush" },
    });
    log.warn("failed", { error });
    expect(parsed()[0]).toMatchObject({
      error: { message: "cannot ask", cause: { message: "connect refused", code: "ECONNREFUSED" } },
    });
    expect(lines.join("")).not.toContain("hush-hush");
  });

  test("bounds what it writes: long texts, deep and circular things", () => {
    const { log, lines } = recorded();
    const circular: Record<string, unknown> = { text: "x".repeat(100_000) };
    circular["self"] = circular;
    log.info("big", { circular, bytes: Buffer.alloc(1000) });
    expect(lines[0]?.length).toBeLessThan(80_000);
    expect(lines[0]).toContain("[deeper]");
    expect(lines[0]).toContain("[1000 bytes]");
  });
});
