import { connect as connectTcp } from "node:net";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTls } from "node:tls";
import { once } from "node:events";
import { limits, type Problem } from "../../contract/index";
import { ControlError } from "../../ports/control";
import type { Log, LogFields } from "../../ports/log";
import { TestAuthority } from "../../../test/fakes/certificates";
import { FakeControl } from "../../../test/fakes/control";
import { createApi, type Api } from "./api";

const address = "127.77.5.1";
const token = "the-token-of-this-test";
const web = { name: "web", image: "nginx", instances: 2, cpus: 0.5, memMiB: 64 };

let tls: Awaited<ReturnType<TestAuthority["issue"]>>;
let fake: FakeControl;
let lines: { message: string; fields: LogFields | undefined }[];
let api: Api;

beforeAll(async () => {
  tls = await (await TestAuthority.make()).issue("n1", address);
});

beforeEach(async () => {
  fake = new FakeControl();
  lines = [];
  const timeouts = { headersMs: 300, requestMs: 2000, handshakeMs: 300, handlerMs: 500 };
  api = createApi({ control: () => fake.control(), token, tls, log: listLog(), timeouts });
  await api.listen(address, 0);
});

afterEach(() => api.close());

describe("every agent answers for itself", () => {
  test("health, without a token", async () => {
    const answer = await ask("GET", "/v1/health", { token: undefined });
    expect(answer).toMatchObject({ status: 200, json: { ok: true, node: "n1" } });
  });

  test.each([
    ["/v1/status", { cluster: "demo", term: 7 }],
    ["/v1/agent", { node: "n1", pid: 4242 }],
  ])("%s", async (path, expected) => {
    fake.isMaster = false;
    expect(await ask("GET", path)).toMatchObject({ status: 200, json: expected });
  });

  test("members", async () => {
    expect((await ask("GET", "/v1/members")).json).toMatchObject([{ name: "n1" }, { name: "n4" }]);
  });

  test("leave: 202 first, then it leaves", async () => {
    const answer = await ask("POST", "/v1/agent/leave", { body: { stopTasks: true } });
    expect(answer.status).toBe(202);
    expect(await fake.left).toEqual({ stopTasks: true });
  });
});

describe("the master", () => {
  test.each([
    ["GET", "/v1/nodes", "nodes"],
    ["GET", "/v1/tasks", "tasks"],
    ["GET", "/v1/services", "services"],
    ["GET", "/v1/services/web/why", "why web"],
  ])("%s %s", async (method, path, call) => {
    expect((await ask(method, path)).status).toBe(200);
    expect(fake.calls).toEqual([call]);
  });

  test.each([
    ["POST", "/v1/nodes/n2/drain", { deadlineMs: 5 }, "drain n2 5"],
    ["POST", "/v1/nodes/n2/drain", undefined, "drain n2 30000"],
    ["DELETE", "/v1/nodes/n2/drain", undefined, "undrain n2"],
    ["DELETE", "/v1/nodes/n2", undefined, "forget n2"],
  ])("%s %s with %j", async (method, path, body, call) => {
    expect((await ask(method, path, { body })).status).toBe(204);
    expect(fake.calls).toEqual([call]);
  });

  test("the office is handed over, to a voter named or to any", async () => {
    const answer = await ask("POST", "/v1/master/transfer", { body: { to: "n3" } });
    expect(answer).toMatchObject({ status: 200, json: { name: "n3", term: 8 } });
    expect((await ask("POST", "/v1/master/transfer")).json).toEqual({ name: "n2", term: 8 });
    expect(await ask("POST", "/v1/master/transfer", { body: { node: "n3" } })).toMatchObject({
      status: 400,
      json: { field: "node" },
    });
  });

  test("voters are shown, and wanted: 1, 3, 5 or 7 different ones", async () => {
    expect((await ask("GET", "/v1/voters")).json).toMatchObject({
      electorate: { term: 7, version: 2 },
      voters: [{ name: "n1", state: "voter" }, { state: "leaving" }, {}, { state: "joining" }],
    });
    const put = (names: unknown): Promise<Awaited<ReturnType<typeof ask>>> =>
      ask("PUT", "/v1/voters", { body: { names } });
    expect(await put(["n1", "n2", "n5"])).toMatchObject({
      status: 200,
      json: { wanted: ["n1", "n2", "n5"] },
    });
    const rule = expect.stringContaining("must be 1, 3, 5 or 7 names") as string;
    for (const wrong of [[], ["n1", "n2"], "a,b,c,d,e,f,g,h,i".split(",")])
      expect(await put(wrong)).toMatchObject({ status: 400, json: { field: "names", rule } });
    expect(await put(["n1", "n1", "n2"])).toMatchObject({
      status: 400,
      json: { field: "names", rule: "must not name a node twice" },
    });
    expect(await put(["n1", "N2", "n3"])).toMatchObject({ json: { field: "names[1]" } });
  });

  test("roles are said of, listed and forgotten; their names may be paths", async () => {
    const role = { name: "eng/web", weight: 2, limit: { cpus: 4 } };
    const put = await ask("PUT", "/v1/roles/eng%2Fweb", { body: role });
    expect(put).toMatchObject({ status: 200, json: { ...role, guarantee: {} } });
    expect((await ask("GET", "/v1/roles")).json).toMatchObject([{ name: "eng/web" }]);
    expect((await ask("DELETE", "/v1/roles/eng%2Fweb")).status).toBe(204);
    const { status, json } = await ask("PUT", "/v1/roles/eng", { body: role });
    expect([status, json]).toMatchObject([400, { rule: "must equal the name in the path" }]);
  });

  test("frameworks are listed, and torn down by their id", async () => {
    expect((await ask("GET", "/v1/frameworks")).json).toEqual([]);
    await ask("DELETE", "/v1/frameworks/f7-1");
    expect(fake.calls.at(-1)).toBe("teardown f7-1");
  });

  test("one node, and a node that is not there", async () => {
    expect((await ask("GET", "/v1/nodes/n2")).json).toMatchObject({ name: "n2" });
    expect(await ask("GET", "/v1/nodes/n9")).toMatchObject({
      status: 404,
      json: { code: "not-found", detail: expect.stringContaining("'n9'") as string },
    });
  });

  test("tasks of one service", async () => {
    expect((await ask("GET", "/v1/tasks?service=api")).json).toMatchObject([{ id: "api.1" }]);
    expect(await ask("GET", "/v1/tasks?servcie=api")).toMatchObject({
      status: 400,
      json: { field: "servcie" },
    });
  });

  test("a service is tried, put, read, and deleted", async () => {
    expect((await ask("POST", "/v1/services/web/dry-run", { body: web })).status).toBe(200);
    const put = await ask("PUT", "/v1/services/web", { body: web });
    expect(put).toMatchObject({ status: 200, json: { spec: { name: "web", killGraceMs: 3000 } } });
    expect((await ask("GET", "/v1/services/web")).json).toMatchObject({ spec: { name: "web" } });
    expect((await ask("DELETE", "/v1/services/web")).status).toBe(204);
    expect((await ask("DELETE", "/v1/services/web")).status).toBe(404);
    expect((await ask("GET", "/v1/services/web")).status).toBe(404);
  });
});

describe("not the master", () => {
  beforeEach(() => {
    fake.isMaster = false;
  });

  test("307 to the master with path and query, before the body is judged", async () => {
    fake.knownMaster = { name: "n2", address: "127.77.5.2", api: "https://127.77.5.2:7440" };
    expect(await ask("GET", "/v1/tasks?service=web")).toMatchObject({
      status: 307,
      headers: { location: "https://127.77.5.2:7440/v1/tasks?service=web" },
    });
    expect((await ask("PUT", "/v1/services/web", { body: { bad: 1 } })).status).toBe(307);
  });

  test("503 naming the missing voters where none can be elected", async () => {
    fake.statusVoters = [
      { name: "n1", status: "alive" },
      { name: "n2", status: "dead" },
      { name: "n3", status: "unknown" },
    ];
    const answer = await ask("GET", "/v1/nodes");
    expect(answer).toMatchObject({
      status: 503,
      headers: { "retry-after": "2" },
      json: { code: "no-master" },
    });
    expect(detailOf(answer)).toContain("2 of 3 voters must be alive to elect one and 1 are");
    expect(detailOf(answer)).toContain("n2 (dead), n3 (unknown)");
  });

  test("503 no-master where an election is on its way", async () => {
    expect(detailOf(await ask("GET", "/v1/nodes"))).toContain("one is being elected");
  });

  test("503 recovering, never a redirect to itself, where it is elected but not up", async () => {
    fake.knownMaster = { name: "n1", address, api: `https://${address}:7440` };
    expect(await ask("GET", "/v1/nodes")).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
      json: { code: "recovering" },
    });
  });
});

describe("the token", () => {
  test.each([
    ["none", undefined, "no token was sent"],
    ["another", "not-the-token-of-this-test", "not this cluster's"],
    ["a longer one", `${token}x`, "not this cluster's"],
  ])("%s is refused, and the connection closed", async (_name, wrong, detail) => {
    const answer = await ask("GET", "/v1/status", { token: wrong });
    expect(answer).toMatchObject({
      status: 401,
      headers: { connection: "close", "www-authenticate": expect.any(String) as string },
      json: { code: "unauthorized" },
    });
    expect(detailOf(answer)).toContain(detail);
  });

  test("guards what is no route too, and what was given stays out of the log", async () => {
    expect((await ask("GET", "/v1/secret", { token: "wrong-token" })).status).toBe(401);
    expect(lines).toEqual([expect.objectContaining({ message: expect.any(String) as string })]);
    expect(JSON.stringify(lines)).not.toContain("wrong-token");
  });
});

describe("bad input is refused with field, value and rule", () => {
  test.each([
    [{ ...web, instances: -1 }, "instances", "instances is -1"],
    [{ ...web, ports: [{ name: "Web_1", containerPort: 80 }] }, "ports[0].name", "'Web_1'"],
    [{ ...web, imgae: "x" }, "imgae", "imgae"],
    [{ name: "web" }, "image", "image"],
    [{ ...web, health: { kind: "http", port: "www" } }, "health.port", "'www' is no port"],
    [[], "body", "body"],
  ])("%j", async (body, field, detail) => {
    const answer = await ask("PUT", "/v1/services/web", { body });
    expect(answer).toMatchObject({
      status: 400,
      json: { code: "bad-request", field, rule: expect.any(String) as string },
    });
    expect(detailOf(answer)).toContain(detail);
    expect(fake.calls).toEqual([]);
  });

  test("never with a value of the environment or a word of the command", async () => {
    const body = {
      ...web,
      env: { PASSWORD: 1234567, "BAD-NAME": "hunter2" },
      command: [7654321],
    };
    const answer = await ask("PUT", "/v1/services/web", { body });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("env.PASSWORD");
    expect(answer.text).not.toMatch(/1234567|hunter2|7654321/);
  });

  test("a long value is cut short", async () => {
    const answer = await ask("PUT", "/v1/services/web", {
      body: { ...web, name: "X".repeat(5000) },
    });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(1000);
  });

  test("two names that differ", async () => {
    const answer = await ask("PUT", "/v1/services/www", { body: web });
    expect(answer).toMatchObject({ status: 400, json: { field: "name" } });
    expect(detailOf(answer)).toContain("'www', the body 'web'");
  });

  test.each(["/v1/services/..%2f..%2fetc", "/v1/services/Web", "/v1/nodes/a_b"])(
    "a path that holds no name: %s",
    async (path) => {
      expect(await ask("GET", path)).toMatchObject({ status: 400, json: { field: "name" } });
    },
  );

  test("a path that cannot be decoded", async () => {
    expect(await ask("GET", "/v1/services/%zz")).toMatchObject({
      status: 400,
      json: { code: "bad-request" },
    });
  });

  test("a body that is no JSON, without repeating it", async () => {
    const answer = await ask("PUT", "/v1/services/web", { raw: '{"env":{"KEY":"hunter2"' });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("hunter2");
  });

  test("another content type", async () => {
    const answer = await ask("PUT", "/v1/services/web", { raw: "name: web", type: "text/yaml" });
    expect(answer).toMatchObject({ status: 415, json: { code: "bad-request" } });
    expect(detailOf(answer)).toContain("application/json");
  });

  test("no such route, and no such method on a route", async () => {
    const answer = await ask("GET", "/v1/jobs");
    expect(answer).toMatchObject({ status: 404, json: { code: "not-found" } });
    expect(detailOf(answer)).toContain("/v1/jobs");
    expect(await ask("POST", "/v1/services/web")).toMatchObject({
      status: 405,
      headers: { allow: "GET, PUT, DELETE" },
      json: { code: "method-not-allowed" },
    });
  });
});

describe("a body beyond the limit is refused unread", () => {
  const size = 100 * 1024 * 1024;

  test.each(["said beforehand", "said nothing of"])("100 MB, %s", async (how) => {
    const headers = how === "said beforehand" ? { "content-length": String(size) } : {};
    const answer = await pour(size, headers);
    expect(answer.sent).toBeLessThan(size / 4);
    if (answer.json) expect(answer).toMatchObject({ status: 413, json: { code: "too-large" } });
    expect((await ask("GET", "/v1/status")).status).toBe(200);
  });

  test("one byte above it, in one piece", async () => {
    const raw = JSON.stringify("x".repeat(limits.bodyBytes - 1));
    expect(await ask("PUT", "/v1/services/web", { raw })).toMatchObject({
      status: 413,
      json: { code: "too-large" },
    });
  });
});

describe("what the master refuses", () => {
  test.each([
    ["not-found", 404, undefined],
    ["conflict", 409, undefined],
    ["store-unavailable", 503, "5"],
    ["deposed", 503, "1"],
    ["recovering", 503, "1"],
  ] as const)("%s is %i", async (fault, status, retryAfter) => {
    fake.fails = new ControlError(fault, "said in a sentence");
    const answer = await ask("PUT", "/v1/services/web", { body: web });
    expect(answer).toMatchObject({ status, json: { code: fault, detail: "said in a sentence" } });
    expect(answer.headers["retry-after"]).toBe(retryAfter);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test("a fault of ours is 500 without its inside, which is logged", async () => {
    fake.fails = new TypeError("x is undefined");
    const answer = await ask("PUT", "/v1/services/web", { body: web });
    expect(answer).toMatchObject({ status: 500, json: { code: "internal" } });
    expect(answer.text).not.toContain("undefined");
    expect(JSON.stringify(lines)).toContain("x is undefined");
  });

  test("what takes too long is 503", async () => {
    fake.putService = () => new Promise(() => undefined);
    expect((await ask("PUT", "/v1/services/web", { body: web })).status).toBe(503);
  });
});

describe("connections that lead nowhere are ended", () => {
  test("opened without a TLS handshake", async () => {
    const socket = connectTcp(api.port(), address);
    socket.on("error", () => undefined);
    await once(socket.resume(), "close");
    expect(socket.destroyed).toBe(true);
  });

  test("with a request that stops half way", async () => {
    const socket = connectTls({ host: address, port: api.port(), ca: tls.ca });
    socket.write("GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    expect(await readAll(socket)).toMatch(/^HTTP\/1.1 408 /);
  });

  test("that speak no HTTP", async () => {
    const socket = connectTls({ host: address, port: api.port(), ca: tls.ca });
    socket.write("\0\0 what is this\r\n\r\n");
    expect(await readAll(socket)).toMatch(/^HTTP\/1.1 400 [^]*problem\+json/);
  });

  test("below TLS 1.2 are not even begun", async () => {
    const socket = connectTls({
      host: address,
      port: api.port(),
      ca: tls.ca,
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1",
    });
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toMatch(/version|protocol|alert/i);
  });

  test("and do not keep close() waiting", async () => {
    const socket = connectTcp(api.port(), address);
    await once(socket, "connect");
    const closed = once(socket.on("error", () => undefined).resume(), "close");
    await api.close();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});

test("an address that is taken is said in a sentence", async () => {
  const other = createApi({ control: () => fake.control(), token, tls, log: listLog() });
  await expect(other.listen(address, api.port())).rejects.toThrow(
    /cannot listen on 127.77.5.1:\d+ .*ports.api/,
  );
  await other.close();
});

interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

interface AskOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly raw?: string;
  readonly type?: string;
}

async function ask(method: string, path: string, options: AskOptions = {}): Promise<Asked> {
  const given = "token" in options ? options.token : token;
  const input = options.body;
  const body = options.raw ?? (input === undefined ? undefined : JSON.stringify(input));
  const sent = httpsRequest({
    host: address,
    port: api.port(),
    ca: tls.ca,
    method,
    path,
    agent: false,
    headers: {
      ...(given === undefined ? {} : { authorization: `Bearer ${given}` }),
      ...(body === undefined ? {} : { "content-type": options.type ?? "application/json" }),
    },
  });
  sent.end(body);
  return readAnswer(sent);
}

async function readAnswer(sent: ReturnType<typeof httpsRequest>): Promise<Asked> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
  });
  const text = await readAll(answer);
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, json };
}

/** Sends `size` bytes as fast as they are taken, until the server answers or hangs up. */
async function pour(
  size: number,
  headers: Record<string, string>,
): Promise<Partial<Asked> & { sent: number }> {
  const piece = Buffer.alloc(64 * 1024, " ");
  const sent = httpsRequest({
    host: address,
    port: api.port(),
    ca: tls.ca,
    method: "PUT",
    path: "/v1/services/web",
    agent: false,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
  });
  let bytes = 0;
  let ended = false;
  const answered = readAnswer(sent)
    .catch(() => ({}))
    .finally(() => {
      ended = true;
      sent.destroy();
    });
  sent.on("error", () => undefined);
  const more = (): void => {
    while (!ended && bytes < size) {
      bytes += piece.length;
      if (!sent.write(piece)) {
        sent.once("drain", more);
        return;
      }
    }
  };
  more();
  return { ...(await answered), sent: bytes };
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function detailOf(answer: Asked): string {
  return (answer.json as Problem).detail;
}

function listLog(): Log {
  const add = (message: string, fields?: LogFields): void => {
    lines.push({ message, fields });
  };
  const log: Log = { debug: add, info: add, warn: add, error: add, with: () => log };
  return log;
}
