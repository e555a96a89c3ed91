/** An engine that does not answer, played by sockets of our own: needs no Docker. */
import { createServer } from "node:net";
import type { Server } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerEvent } from "../../src/ports/containers";
import { TestEngine, eventually } from "./engine";

describe("an engine that does not answer", () => {
  const engine = new TestEngine("silent", "127.77.3.1");
  let folder: string;
  let socket: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "covey-silent-"));
    socket = join(folder, "docker.sock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function listening(answer: string | undefined): Promise<Server> {
    const server = createServer((connection) => {
      connection.on("error", () => undefined);
      connection.once("data", () => {
        if (answer !== undefined) connection.write(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return server;
  }

  it("because it is not there: every call says so, and how to start it", async () => {
    const containers = engine.connect({ socket });
    expect(await containers.ping()).toMatch(/docker\.sock.*systemctl start docker/);
    await expect(containers.list()).rejects.toMatchObject({ fault: "unavailable" });
    await expect(containers.create(engine.task("t"))).rejects.toMatchObject({
      fault: "unavailable",
    });
  });

  it.each([
    ["at all", undefined],
    ["to the end", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{"],
  ])("%s: every call ends at its deadline", async (_how, answer) => {
    const server = await listening(answer);
    const containers = engine.connect({ socket, deadlineMs: 100, pingDeadlineMs: 50 });
    expect(await containers.ping()).toMatch(/did not answer within 0.05 s/);
    for (const call of [
      () => containers.list(),
      () => containers.look("t"),
      () => containers.ensureImage({ image: "web:1", always: false }),
      () => containers.create(engine.task("t")),
      () => containers.start("c"),
      () => containers.remove("c"),
    ])
      await expect(call()).rejects.toMatchObject({ fault: "unavailable" });
    server.close();
  });

  it("the event stream is opened again, and says that anything may have changed", async () => {
    const server = await listening("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nnot json\n");
    const containers = engine.connect({ socket });
    const watching = new AbortController();
    const events: ContainerEvent[] = [];
    containers.watch((event) => void events.push(event), watching.signal);
    await eventually("two streams", 5000, () => (events.length >= 2 ? true : undefined));
    watching.abort();
    server.close();
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(["resync"]));
  });
});
