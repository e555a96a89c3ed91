import { WebSocket } from "ws";
import { ExecConnection } from "../../client/exec-connection";
import { ApiError } from "../../contract/index";
import type { ExecInput } from "../../contract/index";
import { ContainerError } from "../../ports/containers";
import { ThreeAgents, type Name } from "../../../test/fakes/three-agents";

let agents: ThreeAgents;
let open: ExecConnection[];

beforeEach(async () => {
  agents = await ThreeAgents.start();
  open = [];
});

afterEach(async () => {
  for (const connection of open) connection.close();
  await agents.close();
});

const cat = { command: ["cat"], stdin: true };

async function exec(
  at: Name,
  input: ExecInput = cat,
  { task = "web.1", token = agents.token } = {},
): Promise<ExecConnection> {
  const reach = { endpoints: [agents.at(at).url], token, ca: agents.ca, timeoutMs: 2000 };
  const connection = await ExecConnection.open(reach, task, input);
  open.push(connection);
  return connection;
}

/** What it said, and its exit code. */
async function result(connection: ExecConnection): Promise<readonly [string, number | undefined]> {
  const said: string[] = [];
  for await (const one of connection.output()) {
    if ("exitCode" in one) return [said.join(""), one.exitCode];
    said.push(`${one.stream}:${Buffer.from(one.data).toString()} `);
  }
  return [said.join(""), undefined];
}

async function refusal(asked: Promise<unknown>): Promise<ApiError["problem"]> {
  const error = await asked.catch((thrown: unknown) => thrown);
  if (error instanceof ApiError) return error.problem;
  throw new Error(`not refused: ${String(error)}`);
}

describe("a command in a task", () => {
  it.each(["n1", "n2", "n3"] as const)(
    "is run from any agent, here %s: input goes to it, output and exit code come back",
    async (name) => {
      const connection = await exec(name);
      await connection.write(Buffer.from("one"));
      await connection.write(Buffer.from("two"));
      connection.tell({ endOfInput: true });
      expect(await result(connection)).toEqual(["stdout:one stdout:two ", 0]);
      expect(agents.at("n2").exec.requests).toEqual([
        { command: ["cat"], stdin: true, tty: false },
      ]);
    },
  );

  it("tells both streams apart, and how it ended", async () => {
    const connection = await exec("n2");
    await connection.write(Buffer.from("begun"));
    const output = connection.output();
    await output.next();
    const [session] = agents.at("n2").exec.sessions;
    if (session) session.code = 7;
    session?.said.end({ stream: "stderr", data: Buffer.from("bad") });
    expect((await output.next()).value).toMatchObject({
      stream: "stderr",
      data: Buffer.from("bad"),
    });
    expect((await output.next()).value).toEqual({ exitCode: 7 });
  });

  it("has the size of the terminal in front of it, from the start and when it changes", async () => {
    const connection = await exec("n3", { ...cat, tty: true, size: { columns: 80, rows: 24 } });
    connection.tell({ size: { columns: 120, rows: 50 } });
    connection.tell({ endOfInput: true });
    expect(await result(connection)).toEqual(["", 0]);
    expect(agents.at("n2").exec.sessions[0]?.sizes).toEqual([
      [80, 24],
      [120, 50],
    ]);
  });

  it("takes a mebibyte of input, and gives it back whole", async () => {
    const connection = await exec("n2");
    const block = Buffer.alloc(64 * 1024, "x");
    void (async () => {
      for (let count = 0; count < 16; count++) await connection.write(block);
      connection.tell({ endOfInput: true });
    })();
    let bytes = 0;
    for await (const said of connection.output()) if ("data" in said) bytes += said.data.length;
    expect(bytes).toBe(16 * block.length);
  });

  it("is over for the engine when its client goes away", async () => {
    const connection = await exec("n2");
    await connection.write(Buffer.from("x"));
    await connection.output().next();
    connection.close();
    await expect(agents.at("n2").exec.aborted).resolves.toBeUndefined();
  });

  it("needs the token", async () => {
    expect(await refusal(exec("n2", cat, { token: "wrong" }))).toMatchObject({
      status: 401,
      code: "unauthorized",
    });
    expect(agents.at("n2").exec.requests).toEqual([]);
  });

  it("is refused where nobody has the task, and where its node has no container of it", async () => {
    expect(await refusal(exec("n3", cat, { task: "nobody" }))).toMatchObject({
      detail: "there is no task 'nobody'; GET /v1/tasks lists them",
    });
    agents.at("n2").exec.tasks.clear();
    expect(await refusal(exec("n3"))).toMatchObject({
      code: "not-found",
      detail: expect.stringMatching(/'web.1' has no container on n2/) as string,
    });
  });

  it("of an engine that does not start it ends with the reason", async () => {
    agents.at("n2").exec.fails = new ContainerError("unavailable", "Docker does not answer");
    const connection = await exec("n1");
    expect(await refusal(result(connection))).toMatchObject({
      code: "engine-unavailable",
      detail: "Docker does not answer",
    });
  });

  it("of an engine that dies meanwhile ends with that, and no exit code", async () => {
    const connection = await exec("n2");
    await connection.write(Buffer.from("x"));
    const output = connection.output();
    await output.next();
    const broken = new ContainerError("unavailable", "Docker broke off the command's output");
    agents.at("n2").exec.sessions[0]?.said.destroy(broken);
    expect(await refusal(output.next())).toMatchObject({ code: "engine-unavailable" });
  });

  it.each([
    [{ command: [] }, "command"],
    [{ command: ["sh"], size: { columns: 0, rows: 1 } }, "size.columns"],
  ])("refuses %j, naming the field and not the words", async (input, field) => {
    const connection = await exec("n2", input);
    expect(await refusal(result(connection))).toMatchObject({ status: 400, field });
  });

  it("is one of 32 at once at most", async () => {
    for (let count = 0; count < 32; count++) await exec("n2");
    expect(await refusal(exec("n2"))).toMatchObject({ status: 409, code: "conflict" });
  });

  it("is not had by what is no JSON, nor by a message larger than 128 KiB", async () => {
    expect(await raw("{")).toMatch(/^1008 .*is not JSON/);
    expect(await raw(Buffer.alloc(129 * 1024))).toMatch(/^1009/);
    expect(agents.at("n2").exec.requests).toEqual([]);
  });

  it("has one path: a WebSocket anywhere else is a 404", async () => {
    expect(await raw("{}", "/v1/nodes")).toMatch(/404/);
  });
});

/** How the agent ends a WebSocket that begins with this. */
function raw(first: string | Buffer, path = "/v1/tasks/web.1/exec"): Promise<string> {
  const url = agents.at("n2").url.replace("https:", "wss:") + path;
  const headers = { authorization: `Bearer ${agents.token}` };
  const socket = new WebSocket(url, { ca: agents.ca, headers });
  let last = "";
  return new Promise((resolve) => {
    socket.on("error", (error) => resolve(error.message));
    socket.on("open", () => socket.send(first));
    socket.on("message", (data: Buffer) => (last = data.toString()));
    socket.on("close", (code) => resolve(`${code} ${last}`));
  });
}
