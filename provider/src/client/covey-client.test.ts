import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { issueNodeCertificate, makeAuthority, type KeyPair } from "../connection/certificates";
import { ApiError, CoveyClient, UnreachableError, type CoveyClientOptions } from "./index";

const host = "127.77.5.3";
const now = new Date();
let authority: KeyPair;
const service = { name: "web", image: "nginx", instances: 1, cpus: 0.1, memMiB: 16 };
const started: { close(): void }[] = [];

beforeAll(async () => {
  authority = await makeAuthority("covey", now);
});

afterEach(() => {
  for (const one of started.splice(0).reverse()) one.close();
});

test("a call carries the token, the method, the path and the body", async () => {
  const agent = await startAgent(() => [200, { spec: service }]);
  const client = clientOf([agent]);
  await expect(client.putService(service)).resolves.toEqual({ spec: service });
  await client.tasks("web");
  expect(agent.seen).toEqual([
    { method: "PUT", url: "/v1/services/web", token: "Bearer the-token", body: service },
    { method: "GET", url: "/v1/tasks?service=web", token: "Bearer the-token", body: undefined },
  ]);
});

test("it follows a redirect to the master, with the token, and goes there first from then on", async () => {
  const master = await startAgent(() => [200, []]);
  const agent = await startAgent((request) => [
    307,
    undefined,
    { location: master.url + request.url },
  ]);
  const client = clientOf([agent]);
  await client.nodes();
  await client.services();
  expect(agent.seen).toHaveLength(1);
  expect(master.seen).toMatchObject([
    { url: "/v1/nodes", token: "Bearer the-token" },
    { url: "/v1/services", token: "Bearer the-token" },
  ]);
});

test("what concerns one agent is never asked of the master instead", async () => {
  const master = await startAgent(() => [200, []]);
  const agent = await startAgent((request) =>
    request.url === "/v1/agent"
      ? [200, { node: "n2" }]
      : [307, undefined, { location: master.url + request.url }],
  );
  const client = clientOf([agent]);
  await client.nodes();
  await expect(client.agent()).resolves.toEqual({ node: "n2" });
});

test("the token is not given to a redirect's target that is not of the cluster", async () => {
  const stranger = await startAgent(() => [200, []], await makeAuthority("other", now));
  const agent = await startAgent(() => [307, undefined, { location: `${stranger.url}/v1/nodes` }]);
  await expect(clientOf([agent]).nodes()).rejects.toThrow(/not one of this cluster/);
  const plain = await startAgent(() => [307, undefined, { location: `http://${host}:1/v1/nodes` }]);
  await expect(clientOf([plain]).nodes()).rejects.toThrow(/no https URL/);
  expect(stranger.seen).toEqual([]);
});

test("agents that redirect to each other are a cluster without master", async () => {
  const agent = await startAgent((request) => [307, undefined, { location: request.url }]);
  await expect(clientOf([agent]).nodes()).rejects.toMatchObject({ problem: { code: "no-master" } });
  expect(agent.seen.length).toBeLessThan(6);
});

test("an agent that is down is passed over, and the one that answered is asked first next time", async () => {
  const up = await startAgent(() => [200, []]);
  const client = clientOf([{ url: `https://${host}:1` }, up]);
  await client.members();
  await client.members();
  expect(up.seen).toHaveLength(2);
});

test("nobody answers: every endpoint is named, with what was wrong and what to check", async () => {
  const broken = await startAgent(() => "hang up");
  const error: unknown = await clientOf([{ url: `https://${host}:1` }, broken])
    .nodes()
    .catch((one: unknown) => one);
  expect(error).toBeInstanceOf(UnreachableError);
  expect((error as UnreachableError).endpoints).toEqual([`https://${host}:1`, broken.url]);
  expect((error as UnreachableError).message).toMatch(
    /:1: connection refused.*connection broken.*Check/,
  );
});

test("an agent that does not answer in time is given up", async () => {
  const mute = await startAgent(() => "say nothing");
  await expect(clientOf([mute], { timeoutMs: 100 }).nodes()).rejects.toThrow(
    /no answer within 100 ms/,
  );
});

test("a certificate of another CA is not tried again until the deadline", async () => {
  const stranger = await startAgent(() => [200, []], await makeAuthority("other", now));
  const signal = AbortSignal.timeout(60_000);
  await expect(clientOf([stranger]).nodes({ signal })).rejects.toThrow(
    /is the CA file this cluster's/,
  );
});

test("a wrong token is an ApiError at once, whatever other endpoints there are", async () => {
  const problem = problemOf(401, "unauthorized", "the token sent is not this cluster's");
  const first = await startAgent(() => problem);
  const second = await startAgent(() => problem);
  const signal = AbortSignal.timeout(60_000);
  const error: unknown = await clientOf([first, second])
    .nodes({ signal })
    .catch((one: unknown) => one);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ problem: { code: "unauthorized" }, endpoint: first.url });
  expect((error as ApiError).message).toContain("not this cluster's");
  expect(second.seen).toEqual([]);
});

describe("with a deadline", () => {
  test.each(["no-master", "recovering", "deposed"])("%s is waited out", async (code) => {
    let left = 2;
    const agent = await startAgent(() => (left-- > 0 ? problemOf(503, code, "soon") : [200, []]));
    const signal = AbortSignal.timeout(60_000);
    await expect(clientOf([agent]).nodes({ signal })).resolves.toEqual([]);
    expect(agent.seen).toHaveLength(3);
  });

  test("an agent that comes up is found", async () => {
    let left = 1;
    const agent = await startAgent(() => (left-- > 0 ? "hang up" : [200, { node: "n1" }]));
    const signal = AbortSignal.timeout(60_000);
    await expect(clientOf([agent]).agent({ signal })).resolves.toEqual({ node: "n1" });
  });

  test("that passes, the last refusal is what is thrown", async () => {
    const agent = await startAgent(() => problemOf(503, "no-master", "2 of 3 voters are missing"));
    const signal = AbortSignal.timeout(250);
    await expect(clientOf([agent]).nodes({ signal })).rejects.toThrow("2 of 3 voters are missing");
  });

  test("Consul down is no reason to wait: the store says so at once", async () => {
    const agent = await startAgent(() =>
      problemOf(503, "store-unavailable", "Consul has no leader"),
    );
    const signal = AbortSignal.timeout(60_000);
    await expect(clientOf([agent]).putService(service, { signal })).rejects.toThrow(
      "Consul has no leader",
    );
  });

  test("leave is sent once all the same", async () => {
    const agent = await startAgent(() => "hang up");
    const signal = AbortSignal.timeout(60_000);
    await expect(clientOf([agent]).leave({ stopTasks: false }, { signal })).rejects.toThrow(
      UnreachableError,
    );
    expect(agent.seen).toHaveLength(1);
  });
});

test("what is not there is undefined, a route that is not there an error", async () => {
  const missing = problemOf(404, "not-found", "there is no service 'web'");
  await expect(
    clientOf([await startAgent(() => missing)]).findService("web"),
  ).resolves.toBeUndefined();
  const [status, body] = missing;
  const noRoute = await startAgent(() => [
    status,
    { ...body, rule: "must be a route of this API" },
  ]);
  await expect(clientOf([noRoute]).findService("web")).rejects.toThrow(ApiError);
});

test("an answer that is no Covey answer is said to be that", async () => {
  const agent = await startAgent(() => [502, "<html>Bad Gateway</html>"]);
  await expect(clientOf([agent]).nodes()).rejects.toThrow(/answered 502 .* no Covey answer/);
});

test("leave wants one agent, endpoints must be https", async () => {
  const two = clientOf([{ url: `https://${host}:1` }, { url: `https://${host}:2` }]);
  await expect(two.leave({ stopTasks: true })).rejects.toThrow(/exactly one agent/);
  expect(() => clientOf([{ url: "http://127.0.0.1:7440" }])).toThrow(/https:\/\/ADDRESS:PORT/);
  expect(() => clientOf([])).toThrow(/at least one agent/);
});

test("a kept connection that the agent closed meanwhile is replaced by a new one", async () => {
  const agent = await startAgent(() => [200, []]);
  const client = clientOf([agent]);
  await client.nodes();
  agent.server.closeAllConnections();
  await expect(client.nodes()).resolves.toEqual([]);
});

type Reply =
  [status: number, body: unknown, headers?: Record<string, string>] | "hang up" | "say nothing";

interface FakeAgent {
  readonly url: string;
  readonly server: Server;
  readonly seen: { method: string; url: string; token: string | undefined; body: unknown }[];
}

async function startAgent(
  reply: (request: { url: string }) => Reply,
  issuer: KeyPair = authority,
): Promise<FakeAgent> {
  const names = { commonName: "n1", dnsNames: [], ipAddresses: [host] };
  const { certificate, privateKey } = await issueNodeCertificate(issuer, names, now);
  const seen: FakeAgent["seen"] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = "", url = "", headers } = request;
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    seen.push({ method, url, token: headers.authorization, body });
    const given = reply({ url });
    if (given === "hang up") request.socket.destroy();
    else if (given !== "say nothing") {
      response.writeHead(given[0], { "content-type": "application/json", ...given[2] });
      response.end(typeof given[1] === "string" ? given[1] : JSON.stringify(given[1]));
    }
  };
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    void answer(request, response);
  });
  server.listen(0, host);
  await once(server, "listening");
  started.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  return { url: `https://${host}:${port}`, server, seen };
}

function clientOf(
  agents: readonly { readonly url: string }[],
  options: Partial<CoveyClientOptions> = {},
): CoveyClient {
  const endpoints = agents.map((agent) => agent.url);
  const client = new CoveyClient({
    endpoints,
    token: "the-token",
    ca: authority.certificate,
    ...options,
  });
  started.push(client);
  return client;
}

function problemOf(
  status: number,
  code: string,
  detail: string,
): [number, Record<string, unknown>] {
  return [status, { type: `about:blank#${code}`, title: code, status, detail, code }];
}
