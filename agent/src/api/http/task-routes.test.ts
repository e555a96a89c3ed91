import { httpsExchange } from "../../client/index";
import { ApiClient, ApiError } from "../../contract/index";
import { ContainerError } from "../../ports/containers";
import { TestAuthority } from "../../../test/fakes/certificates";
import { FakeControl, sampleTask } from "../../../test/fakes/control";
import { ScriptedOutput } from "../../../test/fakes/scripted-output";
import { silentLog } from "../../../test/fakes/silent-log";
import { createApi, type Api } from "./api";

const token = "the-token-of-this-test";

/** n1 is the master, n2 has the task `web.1`, n3 is neither. */
const nodes = ["n1", "n2", "n3"] as const;
type Name = (typeof nodes)[number];
let apis: Record<Name, Api>;
let outputs: Record<Name, ScriptedOutput>;
let master: FakeControl;
let clients: ApiClient[];
let ca: string;

beforeEach(async () => {
  const authority = await TestAuthority.make();
  ca = authority.ca;
  clients = [];
  const made = await Promise.all(
    nodes.map(async (name, index) => {
      const address = `127.77.5.${20 + index}`;
      const control = new FakeControl(name);
      control.isMaster = name === "n1";
      const output = new ScriptedOutput();
      const tls = await authority.issue(name, address);
      const api = createApi({
        control: () => control.control(),
        token,
        tls,
        log: silentLog,
        output,
      });
      await api.listen(address, 0);
      return { name, control, output, api, url: `https://${address}:${api.port()}`, address };
    }),
  );
  apis = Object.fromEntries(made.map(({ name, api }) => [name, api])) as typeof apis;
  outputs = Object.fromEntries(made.map(({ name, output }) => [name, output])) as typeof outputs;
  const [first] = made;
  if (!first) throw new Error("no node");
  master = first.control;
  master.taskViews = [{ ...sampleTask("web.1", "web"), node: "n2" }];
  for (const { name, url, control } of made) {
    master.apis.set(name, url);
    control.knownMaster = { name: "n1", address: first.address, api: first.url };
  }
  outputs.n2.said.set("web.1", ["one\n", "two ü\n"]);
});

afterEach(async () => {
  for (const client of clients) client.close();
  await Promise.all(nodes.map((name) => apis[name].close()));
});

function client(name: Name): ApiClient {
  const endpoints = [master.apis.get(name) ?? ""];
  const made = new ApiClient({ endpoints, token, exchange: httpsExchange(ca), timeoutMs: 2000 });
  clients.push(made);
  return made;
}

async function read(words: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of words) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function refusal(asked: Promise<unknown>): Promise<ApiError["problem"]> {
  const error = await asked.catch((thrown: unknown) => thrown);
  if (error instanceof ApiError) return error.problem;
  throw new Error(`not refused: ${String(error)}`);
}

describe("what a task says", () => {
  it.each(nodes)(
    "is had from any agent, here %s: it redirects to the one that has it",
    async (name) => {
      expect(await read(await client(name).logs("web.1", {}))).toBe("one\ntwo ü\n");
    },
  );

  it("is asked for with everything that was said of it", async () => {
    const since = "2026-03-01T12:00:00Z";
    await read(await client("n3").logs("web.1", { tail: 5, since, stream: "stderr" }));
    expect(outputs.n2.queries).toEqual([
      { follow: false, tail: 5, sinceMs: Date.parse(since), stream: "stderr" },
    ]);
  });

  it("ends for the engine too when a follower goes away", async () => {
    const words = await client("n1").logs("web.1", { follow: true });
    for await (const chunk of words) if (Buffer.from(chunk).includes("two")) break;
    await expect(outputs.n2.ended).resolves.toBeUndefined();
  });

  it("is not there where the node has no container of it: said once, and no circle", async () => {
    outputs.n2.said.clear();
    expect(await refusal(client("n3").logs("web.1", {}))).toMatchObject({
      code: "not-found",
      detail: expect.stringMatching(/'web.1' has no container on n2/) as string,
    });
  });

  it("of a task nobody knows is refused by the master", async () => {
    expect(await refusal(client("n3").logs("nobody", {}))).toMatchObject({
      code: "not-found",
      detail: "there is no task 'nobody'; GET /v1/tasks lists them",
    });
  });

  it.each([
    [{ tail: -1 }, "tail"],
    [{ since: "yesterday" }, "since"],
  ])("refuses %j, naming the field", async (query, field) => {
    expect(await refusal(client("n2").logs("web.1", query))).toMatchObject({ status: 400, field });
  });

  it("of an engine that does not answer is a 503 that says so", async () => {
    outputs.n2.fails = new ContainerError("unavailable", "Docker does not answer");
    expect(await refusal(client("n2").logs("web.1", {}))).toMatchObject({
      status: 503,
      code: "engine-unavailable",
      detail: "Docker does not answer",
    });
  });

  it("is read by 64 at once at most", async () => {
    const readers = await Promise.all(
      Array.from({ length: 64 }, () => client("n2").logs("web.1", { follow: true })),
    );
    expect(await refusal(client("n2").logs("web.1", {}))).toMatchObject({ code: "conflict" });
    for (const reader of readers)
      for await (const part of reader) {
        expect(part).not.toHaveLength(0);
        break;
      }
  });
});

describe("what a task uses", () => {
  it("is had from any agent", async () => {
    expect(await client("n3").taskStats("web.1")).toEqual({
      task: "web.1",
      node: "n2",
      cpus: 0.5,
      memMiB: 12.25,
      memLimitMiB: 64,
      pids: 3,
    });
  });
});
