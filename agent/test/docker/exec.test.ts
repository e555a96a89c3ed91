import type { TaskSpec } from "../../src/model/task";
import type { ExecRequest, ExecSession } from "../../src/ports/task-exec";
import { connectDockerExec } from "../../src/adapters/docker/task-exec";
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, engineProbe } from "./engine";

jest.setTimeout(60_000);

describeWith("docker", engineProbe, "commands in a task's container on a real engine", () => {
  const engine = new TestEngine("exec", "127.77.3.2");
  const containers = engine.connect();
  const execs = connectDockerExec(engine.options());
  const never = new AbortController().signal;
  let spec: TaskSpec;

  beforeAll(async () => {
    buildTestImage();
    spec = engine.task("exec");
    await containers.start(await containers.create(spec));
  });
  afterAll(() => engine.cleanUp());

  const start = (
    request: Partial<ExecRequest> & { readonly command: readonly string[] },
    signal = never,
  ): Promise<ExecSession> => execs.start(spec.id, { tty: false, stdin: false, ...request }, signal);

  async function said({ output }: ExecSession): Promise<Record<"stdout" | "stderr", string>> {
    const all = { stdout: "", stderr: "" };
    for await (const { stream, data } of output) all[stream] += Buffer.from(data).toString();
    return all;
  }

  it("say what they say on both streams, and end with their own exit code", async () => {
    const session = await start({ command: ["sh", "-c", "echo out; echo err >&2; exit 7"] });
    expect(await said(session)).toEqual({ stdout: "out\n", stderr: "err\n" });
    expect(await session.exitCode()).toBe(7);
  });

  it("read what is written to them, to its end", async () => {
    const session = await start({ command: ["wc", "-c"], stdin: true });
    for (let count = 0; count < 16; count++) await session.write(Buffer.alloc(65_536, "x"));
    session.endInput();
    expect(await said(session)).toEqual({ stdout: `${16 * 65_536}\n`, stderr: "" });
    expect(await session.exitCode()).toBe(0);
  });

  it("have a terminal of the size in front of them, where they are given one", async () => {
    const command = ["sh", "-c", "read word; stty size; test -t 0 && echo terminal $word"];
    const session = await start({ command, tty: true, stdin: true });
    await session.resize(91, 17);
    await session.write(Buffer.from("yes\r"));
    const { stdout } = await said(session);
    expect(stdout.replaceAll("\r", "")).toBe("yes\n17 91\nterminal yes\n");
  });

  it("have an end of input, and so end, when their client goes away", async () => {
    const over = new AbortController();
    const session = await start({ command: ["cat"], stdin: true }, over.signal);
    await session.write(Buffer.from("x"));
    for await (const { data } of session.output) {
      expect(Buffer.from(data).toString()).toBe("x");
      over.abort();
      break;
    }
    expect(await session.exitCode()).toBe(0);
  });

  it("that are not there end with what the engine says of it", async () => {
    const session = await start({ command: ["no-such-program"] });
    const { stdout } = await said(session);
    expect(stdout).toMatch(/no-such-program.*not found/);
    // As a shell has it: 127; Docker before 23 says 126.
    expect([126, 127]).toContain(await session.exitCode());
  });

  it("are run in this node's tasks only", async () => {
    expect(await execs.has(spec.id)).toBe(true);
    expect(await execs.has("nobody")).toBe(false);
    const other = connectDockerExec({ ...engine.options(), node: "n2" });
    expect(await other.has(spec.id)).toBe(false);
    await expect(
      other.start(spec.id, { command: ["true"], tty: false, stdin: false }, never),
    ).rejects.toThrow(/has no container/);
  });
});
