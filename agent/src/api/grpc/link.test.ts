import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Client, credentials, type ClientDuplexStream } from "@grpc/grpc-js";
import type { TaskSpec, TaskStatus } from "../../model/task";
import type {
  AgentConnection,
  AgentMessage,
  AgentStream,
  MasterMessage,
} from "../../ports/master-link";
import { TestAuthority } from "../../../test/fakes/certificates";
import { createMasterDialer, type DialerOptions } from "./dialer";
import { startGrpc, type GrpcOptions, type GrpcServer } from "./gate";
import { attachMethod } from "./link-service";
import { silentLog as log } from "../../../test/fakes/silent-log";

const address = "127.77.5.2";
let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.make();
});

const started: { close(): Promise<void> | void }[] = [];

const taskStatus: TaskStatus = {
  taskId: "web.1",
  state: "TASK_RUNNING",
  reason: undefined,
  message: "",
  healthy: true,
  node: "n2",
  containerId: "c1",
  exitCode: undefined,
  atMs: 1,
  uuid: "u1",
};

const spec: TaskSpec = {
  id: "web.1",
  framework: "services",
  image: "nginx",
  command: undefined,
  env: { A: "1" },
  labels: {},
  cpus: 0.5,
  memMiB: 64,
  ports: [],
  network: "bridge",
  health: undefined,
  killGraceMs: 3000,
  catalogName: "web",
};

afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.close();
});

test("an agent attaches, and messages pass both ways in order", async () => {
  const { master, server } = await startMaster();
  const agent = await dial(server, "n2");
  agent.stream.send(attach("n2"));
  agent.stream.send({ kind: "health", unhealthy: "docker is gone" });
  expect(await master.next()).toEqual({ node: "n2", message: attach("n2") });
  expect(await master.next()).toMatchObject({ message: { kind: "health" } });
  const [connection] = master.connections;
  connection?.send({ kind: "attached", term: 7 });
  connection?.send({ kind: "launch", term: 7, spec });
  expect(await agent.next()).toEqual({ kind: "attached", term: 7 });
  expect(await agent.next()).toEqual({ kind: "launch", term: 7, spec });
});

test("an attach with three thousand tasks fits", async () => {
  const { master, server } = await startMaster();
  const agent = await dial(server, "n2");
  const tasks = Array.from({ length: 3000 }, (_, index) => ({
    spec: { ...spec, id: `web.${index}`, env: { BIG: "x".repeat(1000) } },
    status: { ...taskStatus, taskId: `web.${index}` },
  }));
  agent.stream.send({ ...attach("n2"), tasks });
  const { message } = await master.next();
  expect(message.kind === "attach" && message.tasks.length).toBe(3000);
});

test("each side hears once when the agent closes", async () => {
  const { master, server } = await startMaster();
  const agent = await attached(server, master, "n2");
  agent.stream.close();
  agent.stream.close();
  expect(await agent.closed).toBe("closed by this agent");
  expect(await master.closed).toMatch(/closed the stream/);
  expect(agent.closedCalls()).toBe(1);
});

test("each side hears once, with the reason, when the master closes", async () => {
  const { master, server } = await startMaster();
  const agent = await attached(server, master, "n2");
  master.connections[0]?.close("node n2 was forgotten");
  expect(await agent.closed).toContain("node n2 was forgotten");
  expect(await master.closed).toBe("node n2 was forgotten");
  expect(agent.closedCalls()).toBe(1);
});

test("who stops being master sends its agents away, and refuses new ones", async () => {
  const { master, server } = await startMaster();
  const first = await attached(server, master, "n2");
  server.gate.serve(undefined);
  expect(await first.closed).toContain("no longer the master");
  const second = await dial(server, "n2");
  second.stream.send(attach("n2"));
  expect(await second.closed).toContain("does not take agents: this agent is not the master");
});

test("a killed server ends the stream once", async () => {
  const { master, server } = await startMaster();
  const agent = await attached(server, master, "n2");
  await server.close();
  expect(await agent.closed).toMatch(/127\.77\.5\.2:\d+/);
  agent.stream.send({ kind: "health", unhealthy: undefined });
  expect(agent.closedCalls()).toBe(1);
});

describe("certificates", () => {
  test("a server of another CA is not trusted", async () => {
    const other = await TestAuthority.make("other");
    const { server } = await startMaster({ tls: await other.issue("n1", address) });
    const agent = await dial(server, "n2");
    agent.stream.send(attach("n2"));
    expect(await agent.closed).toMatch(/certificate|self.signed|verif/i);
  });

  test("a server that is at another address than its certificate says is not trusted", async () => {
    const { server } = await startMaster({ tls: await authority.issue("n1", "127.77.5.250") });
    expect(await (await dial(server, "n2")).closed).toMatch(/altnames|does not match/i);
  });

  test("a client of another CA is refused", async () => {
    const { master, server } = await startMaster();
    const other = await TestAuthority.make("other");
    const foreign = { ...(await other.issue("n2", address)), ca: authority.ca };
    const agent = await dial(server, "n2", { tls: foreign });
    agent.stream.send(attach("n2"));
    expect(await agent.closed).toMatch(/cannot be reached, or ended/);
    expect(master.connections).toEqual([]);
  });

  test("a client without a certificate is refused", async () => {
    const { master, server } = await startMaster();
    const call = rawCall(server.port);
    const [error] = (await once(call, "error")) as [Error];
    expect(error.message).toMatch(/UNAVAILABLE/);
    expect(master.connections).toEqual([]);
  });

  test.each<[string, AgentMessage[]]>([
    ["attaches as another node", [attach("n3")]],
    ["brings another node's tasks", [attach("n2", "n3")]],
  ])("an agent that %s is refused, with both names", async (_what, messages) => {
    const { master, server } = await startMaster();
    const agent = await dial(server, "n2");
    for (const message of messages) agent.stream.send(message);
    expect(await agent.closed).toContain("node 'n3', but its certificate is of 'n2'");
    expect(master.connections).toEqual([]);
  });

  test("an attached agent that reports for another node is refused", async () => {
    const { master, server } = await startMaster();
    const agent = await attached(server, master, "n2");
    agent.stream.send({ kind: "status", status: { ...taskStatus, node: "n3" }, spec });
    expect(await agent.closed).toContain("'n3'");
    expect(await master.closed).toContain("'n3'");
  });
});

test("a peer that vanishes without a word is noticed by both sides", async () => {
  const { master, server } = await startMaster({ keepaliveMs: 50 });
  const wire = await cuttableWire(server.port);
  const agent = await attached(wire, master, "n2", { keepaliveMs: 50 });
  wire.cut();
  expect(await agent.closed).toMatch(/cannot be reached, or ended/);
  expect(await master.closed).toMatch(/vanished/);
});

describe("limits", () => {
  test("a stream that begins with anything but attach is refused", async () => {
    const { server } = await startMaster();
    const agent = await dial(server, "n2");
    agent.stream.send({ kind: "health", unhealthy: undefined });
    expect(await agent.closed).toContain("first message must be attach");
  });

  test("a stream that never attaches is ended", async () => {
    const { server } = await startMaster({ attachTimeoutMs: 50 });
    expect(await (await dial(server, "n2")).closed).toContain("no attach within 50 ms");
  });

  test("a message that is too large ends the stream with the reason", async () => {
    const { master, server } = await startMaster({ maxMessageBytes: 10_000 });
    const agent = await attached(server, master, "n2");
    agent.stream.send({ kind: "health", unhealthy: "x".repeat(20_000) });
    expect(await agent.closed).toMatch(/larger|limit/);
  });

  test("an agent that does not read is given up when its queue is full", async () => {
    const { master, server } = await startMaster({ maxQueued: 50 });
    const call = rawCall(server.port, await authority.issue("n2", address));
    call.on("error", () => undefined);
    call.write(attach("n2"));
    await master.next();
    const big: MasterMessage = {
      kind: "launch",
      term: 1,
      spec: { ...spec, image: "x".repeat(100_000) },
    };
    for (let index = 0; index < 60; index++) master.connections[0]?.send(big);
    expect(await master.closed).toContain("does not read: 50 messages");
  });

  test("an address where nobody listens is said at once", async () => {
    const agent = await dial({ port: 1 }, "n2");
    expect(await agent.closed).toMatch(/127.77.5.2:1 cannot be reached.*ECONNREFUSED/);
  });

  test("a peer that accepts and then says nothing is given up after the connect deadline", async () => {
    const mute = await muteServer();
    const agent = await dial(mute, "n2", { connectTimeoutMs: 100 });
    expect(await agent.closed).toContain("did not answer within 100 ms");
  });

  test("an address that is taken is said in a sentence", async () => {
    const { server } = await startMaster();
    const tls = await authority.issue("n1", address);
    await expect(startGrpc({ address, port: server.port, tls, log })).rejects.toThrow(
      /cannot be listened for on 127.77.5.2:\d+ .*ports.grpc/,
    );
  });
});

function attach(name: string, taskNode = name): Extract<AgentMessage, { kind: "attach" }> {
  return {
    kind: "attach",
    node: {
      name,
      address,
      resources: { cpus: 2, memMiB: 512, diskMiB: 0, ports: [{ begin: 31_000, end: 32_000 }] },
      attributes: { rack: "r1" },
      voter: false,
      version: "0.1.0",
      unhealthy: undefined,
    },
    tasks: [{ spec, status: { ...taskStatus, node: taskNode } }],
  };
}

interface Master {
  readonly connections: AgentConnection[];
  next(): Promise<{ node: string; message: AgentMessage }>;
  /** The first end of a stream. */
  readonly closed: Promise<string>;
}

async function startMaster(
  options: Partial<GrpcOptions> = {},
): Promise<{ master: Master; server: GrpcServer }> {
  const tls = await authority.issue("n1", address);
  const server = await startGrpc({ address, port: 0, tls, log, ...options });
  started.push(server);
  const inbox = new Inbox<{ node: string; message: AgentMessage }>();
  const connections: AgentConnection[] = [];
  const closed = new Promise<string>((resolve) => {
    server.gate.serve({
      message: (connection, message) => {
        if (!connections.includes(connection)) connections.push(connection);
        inbox.put({ node: connection.node, message });
      },
      closed: (_connection, reason) => resolve(reason),
    });
  });
  return { server, master: { connections, closed, next: () => inbox.next() } };
}

interface Dialled {
  readonly stream: AgentStream;
  readonly closed: Promise<string>;
  closedCalls(): number;
  next(): Promise<MasterMessage>;
}

async function dial(
  to: { port: number },
  node: string,
  options: Partial<DialerOptions> = {},
): Promise<Dialled> {
  const tls = await authority.issue(node, address);
  const dialer = createMasterDialer({ tls, log, ...options });
  const inbox = new Inbox<MasterMessage>();
  let calls = 0;
  let close: (reason: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => (close = resolve));
  const stream = dialer.dial(address, to.port, {
    message: (message) => inbox.put(message),
    closed: (reason) => {
      calls += 1;
      close(reason);
    },
  });
  started.push(stream);
  return { stream, closed, closedCalls: () => calls, next: () => inbox.next() };
}

async function attached(
  to: { port: number },
  master: Master,
  node: string,
  options: Partial<DialerOptions> = {},
): Promise<Dialled> {
  const agent = await dial(to, node, options);
  agent.stream.send(attach(node));
  await master.next();
  master.connections[0]?.send({ kind: "attached", term: 1 });
  await agent.next();
  return agent;
}

/** A client that shows the certificate given, or none, and reads only when asked. */
function rawCall(
  port: number,
  tls?: { readonly cert: string; readonly key: string },
): ClientDuplexStream<AgentMessage, unknown> {
  const secure = credentials.createSsl(
    Buffer.from(authority.ca),
    tls ? Buffer.from(tls.key) : null,
    tls ? Buffer.from(tls.cert) : null,
    { checkServerIdentity: () => undefined },
  );
  const client = new Client(`${address}:${port}`, secure, {
    "grpc.ssl_target_name_override": "n1",
  });
  started.push(client);
  const { path, requestSerialize, responseDeserialize } = attachMethod;
  return client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
}

/** A wire to `port` that, once cut, loses all bytes and tells nobody. */
async function cuttableWire(port: number): Promise<{ port: number; cut(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, address);
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on("error", () => undefined);
    near.pipe(far);
    far.pipe(near);
  });
  const bound = await listening(server, sockets);
  const cut = (): void => {
    for (const socket of sockets) socket.unpipe().resume();
  };
  return { port: bound, cut };
}

async function muteServer(): Promise<{ port: number }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  return { port: await listening(server, sockets) };
}

async function listening(server: Server, sockets: readonly Socket[]): Promise<number> {
  server.listen(0, address);
  await once(server, "listening");
  started.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const bound = server.address();
  return typeof bound === "object" && bound ? bound.port : 0;
}

class Inbox<T> {
  readonly #arrived: T[] = [];
  readonly #waiting: ((one: T) => void)[] = [];

  put(one: T): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(one);
    else this.#arrived.push(one);
  }

  next(): Promise<T> {
    const one = this.#arrived.shift();
    return one === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(one);
  }
}
