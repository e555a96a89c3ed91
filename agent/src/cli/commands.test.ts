import { Command } from "commander";
import { createApi, type Api } from "../api/http/api";
import { ControlError } from "../ports/control";
import { TestAuthority } from "../../test/fakes/certificates";
import { FakeControl } from "../../test/fakes/control";
import { sampleNode, sampleService, sampleTask } from "../../test/fakes/samples";
import { frameworkInfo } from "../../test/fakes/kernel-bench";
import { registerCommands } from "./commands";
import type { Terminal } from "./terminal";
import { ScriptedOutput } from "../../test/fakes/scripted-output";
import { silentLog } from "../../test/fakes/silent-log";

const address = "127.77.5.4";
const token = "the-token-of-this-test";
const spec = {
  name: "web",
  image: "nginx",
  instances: 3,
  cpus: 0.5,
  memMiB: 64,
  ports: [],
  network: "bridge",
  env: {},
  command: undefined,
  health: undefined,
  constraints: [],
  killGraceMs: 3000,
} as const;

let tls: Awaited<ReturnType<TestAuthority["issue"]>>;
let otherCa: string;
let fake: FakeControl;
let api: Api;
let output: ScriptedOutput;
let connection: Record<string, string>;

beforeAll(async () => {
  tls = await (await TestAuthority.make()).issue("n1", address);
  otherCa = (await TestAuthority.make("other")).ca;
});

beforeEach(async () => {
  fake = new FakeControl();
  fake.knownMaster = { name: "n1", address, api: `https://${address}:7440` };
  output = new ScriptedOutput();
  api = createApi({ control: () => fake.control(), token, tls, log: silentLog, output });
  await api.listen(address, 0);
  connection = {
    COVEY_API: `https://${address}:${api.port()}`,
    COVEY_TOKEN: token,
    COVEY_CA_FILE: "/ca.pem",
  };
});

afterEach(() => api.close());

describe("a task's output", () => {
  test("logs: as it was said, with what was asked for", async () => {
    output.said.set("web.1", ["héllo\n"]);
    const { out, code } = await covey(
      "logs",
      "--tail",
      "5",
      "--since",
      "2026-03-01",
      "--stderr",
      "web.1",
    );
    expect({ out, code }).toEqual({ out: "héllo\n", code: 0 });
    expect(output.queries).toEqual([
      { follow: false, tail: 5, sinceMs: Date.parse("2026-03-01"), stream: "stderr" },
    ]);
  });

  test.each([
    ["--tail", "few", /number of lines/],
    ["--since", "soon", /must be like 10s/],
  ])("logs %s %s is refused", async (option, value, words) => {
    const { code, error } = await covey("logs", option, value, "web.1");
    expect(code).toBe(2);
    expect(error).toMatch(words);
  });

  test("top: what runs and what it uses; what cannot be asked is shown without", async () => {
    output.said.set("web.1", []);
    expect((await covey("top")).out).toBe(
      [
        "TASK   SERVICE  NODE  CPUS  MEMORY    LIMIT   PROCESSES",
        "web.1  web      n1    0.50  12.3 MiB  64 MiB  3",
        "api.1  api      n1    -     -         -       -",
        "",
      ].join("\n"),
    );
  });
});

describe("each command shows a table", () => {
  test("status", async () => {
    expect((await covey("status")).out).toBe(
      [
        "CLUSTER  demo (datacenter dc1)",
        "ASKED    n1, version 0.1.0",
        `MASTER   n1 at https://${address}:7440, term 7`,
        "VOTERS   3 of 3 alive: n1 alive, n2 alive, n3 alive",
        "MEMBERS  3 alive, 0 suspect, 0 dead, 0 left",
        "CONSUL   ok",
        "DOCKER   ok",
        "",
      ].join("\n"),
    );
  });

  test("nodes", async () => {
    const sick = {
      ...sampleNode("n2"),
      draining: true,
      unhealthy: "docker is gone",
      attributes: {},
    };
    fake.nodeViews = [sampleNode("n1"), sick];
    expect((await covey("nodes")).out).toBe(
      [
        "NODE  ADDRESS    STATUS  ROLE    CPUS   MEMORY         TASKS  ATTRIBUTES  REMARK",
        "n1    127.0.0.1  alive   master  1.5/4  1024/8192 MiB  2      rack=r1     -",
        "n2    127.0.0.1  alive   voter   1.5/4  1024/8192 MiB  2      -           draining; docker is gone",
        "",
      ].join("\n"),
    );
  });

  test("services", async () => {
    const failing = {
      ...sampleService(spec),
      phase: "failing",
      healthy: 1,
      problem: "exits with 1",
    };
    fake.serviceViews = [failing as ReturnType<typeof sampleService>];
    expect((await covey("services")).out).toBe(
      [
        "SERVICE  IMAGE  PHASE    WANTED  RUNNING  HEALTHY  UPDATED  PROBLEM",
        "web      nginx  failing  3       3        1        3        exits with 1",
        "",
      ].join("\n"),
    );
  });

  test("tasks, of all services or of one", async () => {
    fake.taskViews = [
      sampleTask("web.1", "web"),
      { ...sampleTask("api.1", "api"), healthy: undefined },
    ];
    const lines = [
      "TASK   SERVICE  NODE  STATE    HEALTHY  PORTS                 CONTAINER     MESSAGE",
      "web.1  web      n1    running  yes      http 127.0.0.1:31000  0123456789ab  -",
      "api.1  api      n1    running  -        http 127.0.0.1:31000  0123456789ab  -",
    ];
    expect((await covey("tasks")).out).toBe(`${lines.join("\n")}\n`);
    expect((await covey("tasks", "web")).out).toBe(`${lines.slice(0, 2).join("\n")}\n`);
  });

  test("members", async () => {
    expect((await covey("members")).out).toBe(
      [
        "MEMBER  ADDRESS    STATUS  INCARNATION  VOTER",
        "n1      127.0.0.1  alive   3            yes",
        "n4      127.0.0.4  dead    1            no",
        "",
      ].join("\n"),
    );
  });

  test("why: the summary, then node by node, then what ended", async () => {
    expect((await covey("why", "web")).out).toBe(
      [
        "web: 2 of 3 instances run: no node takes the next one",
        "2 of 3 instances are healthy",
        "",
        "NODE  RULE       WHY NOT",
        "n1    resources  needs 512 MiB of memory, 128 free",
        "n2    draining   is being drained",
        "",
        "ENDED                     TASK   NODE  HOW",
        "2023-11-14T22:13:20.000Z  web.0  n2    exited with 1",
        "",
      ].join("\n"),
    );
  });
});

test.each([
  [["status"], { cluster: "demo", term: 7 }],
  [["nodes"], [{ name: "n1" }, { name: "n2" }]],
  [["services"], []],
  [["tasks"], [{ id: "web.1" }, { id: "api.1" }]],
  [["members"], [{ name: "n1" }, { name: "n4" }]],
  [["why", "web"], { service: "web", wanted: 3 }],
  [["drain", "n2"], { node: "n2", draining: true, deadlineMs: 30_000 }],
  [["undrain", "n2"], { node: "n2", draining: false }],
])("%j with --json is the API's own answer", async (words, expected) => {
  const { code, out } = await covey(...words, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject(expected);
});

test("drain and undrain tell the master", async () => {
  expect((await covey("drain", "n2", "--deadline", "1.5")).out).toContain("n2 is draining");
  expect((await covey("undrain", "n2")).out).toContain("n2 may have tasks again");
  expect(fake.calls).toEqual(["drain n2 1500", "undrain n2"]);
});

test("master transfer hands over to whom it names, or to anybody fit", async () => {
  expect((await covey("master", "transfer", "n3")).out).toBe("n3 is master, in term 8\n");
  expect((await covey("master", "transfer")).out).toBe("n2 is master, in term 8\n");
  expect(fake.calls).toEqual(["transfer n3", "transfer "]);
});

test("voters shows who votes, who is to, and what the change waits for", async () => {
  expect((await covey("voters")).out).toBe(
    [
      "VOTER  STATE    ACKNOWLEDGED  REMARK",
      "n1     master   7.2           -",
      "n2     leaving  -             is dead in the mesh",
      "n3     voter    7.1           -",
      "n4     joining  -             fit for 4 s",
      "",
      "electorate 7.2; wanted: n1, n3, n4",
      "now: n4 has been fit for 4 of 10 s",
      "",
    ].join("\n"),
  );
});

test("voters set says whom it wants", async () => {
  expect((await covey("voters", "set", "n1", "n2", "n5")).out).toContain("wanted: n1, n2, n5\n");
  expect(fake.calls).toEqual(["voters n1 n2 n5"]);
  const none = await covey("voters", "set");
  expect([none.code, none.error]).toEqual([
    2,
    expect.stringContaining("missing required argument"),
  ]);
});

test("voters set of an even number is refused with the reason", async () => {
  const { code, error } = await covey("voters", "set", "n1", "n2");
  expect(code).toBe(1);
  expect(error).toContain("names: must be 1, 3, 5 or 7 names: an even number fails");
  expect(fake.calls).toEqual([]);
});

test("frameworks shows who is offered resources, and what becomes of who is away", async () => {
  const info = { ...frameworkInfo(), name: "spark", roles: ["eng", "ops"] };
  const base = { info, builtIn: false, removedAtMs: undefined, tasks: 2, offers: 1 };
  fake.frameworkViews = [
    { ...base, id: "services", builtIn: true, connected: true },
    { ...base, id: "f7-1", connected: true },
    { ...base, id: "f7-2", connected: false, removedAtMs: 1e12 },
  ];
  expect((await covey("frameworks")).out).toBe(
    [
      "FRAMEWORK  NAME   ROLES     STATE                                                           TASKS  OFFERS",
      "services   spark  eng, ops  built in                                                        2      1",
      "f7-1       spark  eng, ops  connected                                                       2      1",
      "f7-2       spark  eng, ops  away, removed at 2001-09-09T01:46:40.000Z unless it comes back  2      1",
      "",
    ].join("\n"),
  );
});

test("frameworks remove ends one", async () => {
  const { out } = await covey("frameworks", "remove", "f7-1");
  expect(out).toBe("f7-1 is removed, its tasks are being killed\n");
  expect(fake.calls).toEqual(["teardown f7-1"]);
});

test("roles set says all there is to say of a role, roles shows it, roles unset takes it back", async () => {
  const said = ["--weight", "2", "--guarantee", "cpus=1", "--limit", "cpus=4,memMiB=2048"];
  const { out } = await covey("roles", "set", "eng/web", ...said);
  const table = [
    "ROLE     WEIGHT  SHARE  HAS              GUARANTEE  LIMIT               FRAMEWORKS",
    "eng/web  2       0.0 %  cpus=0,memMiB=0  cpus=1     cpus=4,memMiB=2048  -",
    "",
  ].join("\n");
  expect(out).toBe(table);
  expect((await covey("roles")).out).toBe(table);
  expect((await covey("roles", "unset", "eng/web")).out).toBe(
    "eng/web has weight 1 and no quota\n",
  );
  expect(fake.calls).toEqual(["role eng/web", "roles", "delete role eng/web"]);
});

test.each([
  [["--weight", "0"], "must be a number above zero"],
  [["--limit", "cpus"], "must be amounts such as cpus=4,memMiB=2048"],
])("roles set %j is a mistake of the command line", async (options, why) => {
  const { code, error } = await covey("roles", "set", "eng", ...options);
  expect([code, error]).toEqual([2, expect.stringContaining(why)]);
});

test("roles set of what a role cannot be is refused with the field and the rule", async () => {
  const { code, error } = await covey("roles", "set", "eng//web", "--limit", "cups=1");
  expect(code).toBe(1);
  expect(error).toContain("must not begin or end with '/'");
  expect(error).toContain("cups");
});

describe("refused or unreachable: 1, and stderr says what to do", () => {
  test("the cluster refuses", async () => {
    fake.fails = new ControlError("not-found", "there is no service 'wbe'");
    const { code, out, error } = await covey("why", "wbe");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(error).toBe(`covey: ${connection["COVEY_API"]} refused: there is no service 'wbe'\n`);
  });

  test("a wrong token", async () => {
    connection["COVEY_TOKEN"] = "not-the-token-of-this";
    const { code, error } = await covey("status");
    expect(code).toBe(1);
    expect(error).toMatch(/not this cluster's.*Authorization: Bearer TOKEN/);
  });

  test("nobody is there", async () => {
    const { code, error } = await covey("status", "--api", `https://${address}:1`);
    expect(code).toBe(1);
    expect(error).toMatch(/127\.77\.5\.4:1: connection refused.*Check that the agents run/);
  });

  test("the CA is another cluster's", async () => {
    const { code, error } = await covey("status", "--ca-file", "/other-ca.pem");
    expect(code).toBe(1);
    expect(error).toContain("is the CA file this cluster's?");
  });

  test("--wait tries until there is a master", async () => {
    fake.isMaster = false;
    fake.knownMaster = undefined;
    const status = fake.status();
    fake.status = () => {
      // Asked for by the refusal of the first request: the next one finds a master.
      fake.isMaster = true;
      return status;
    };
    expect((await covey("nodes", "--wait", "60")).code).toBe(0);
    fake.isMaster = false;
    expect((await covey("nodes")).error).toContain("knows of no master");
  });
});

describe("a wrong command line: 2", () => {
  test.each([
    [["stauts"], /unknown command 'stauts'.*Did you mean status/s],
    [["why"], /missing required argument 'service'/],
    [["status", "--jsn"], /unknown option '--jsn'/],
    [["drain", "n1", "--deadline", "soon"], /must be a number of seconds/],
    [["status", "--token-file", "/nowhere"], /token file '\/nowhere' cannot be read/],
    [["status", "--api", "127.0.0.1:7440"], /must be of the form https:\/\/ADDRESS:PORT/],
    [["status", "--config", "/ca.pem"], /\/ca.pem is no agent configuration: it is not JSON/],
    [
      ["status", "--config", "/half.json"],
      /no agent configuration: datacenter: must be a DNS label/,
    ],
  ])("%j", async (words, expected) => {
    const { code, out, error } = await covey(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(expected);
  });

  test.each([
    ["COVEY_API", /no agent is named: give --api URL or COVEY_API/],
    ["COVEY_TOKEN", /no API token: give --token-file FILE/],
    ["COVEY_CA_FILE", /no CA certificate: give --ca-file FILE/],
  ])("without %s", async (variable, expected) => {
    connection = Object.fromEntries(
      Object.entries(connection).filter(([name]) => name !== variable),
    );
    const { code, error } = await covey("status");
    expect(code).toBe(2);
    expect(error).toMatch(expected);
  });
});

test("on a node, the agent's own configuration says it all", async () => {
  connection = { COVEY_CONFIG: "/agent.json" };
  expect((await covey("status")).out).toContain("demo");
});

test("--help lists every command and ends with 0", async () => {
  const { code, out } = await covey("--help");
  expect(code).toBe(0);
  for (const name of ["status", "nodes", "services", "tasks", "members", "why", "drain", "undrain"])
    expect(out).toContain(`  ${name} `);
  expect((await covey("why", "--help")).out).toMatch(/--api <url>.*COVEY_API/s);
});

async function covey(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const shown = { code: 0, out: "", error: "" };
  const terminal: Terminal = {
    env: connection,
    out: (text) => (shown.out += text),
    error: (text) => (shown.error += text),
    readFile,
    exit: (code) => {
      throw new Exit(code);
    },
  };
  const program = new Command("covey");
  registerCommands(program, terminal);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    shown.code = error.code;
  }
  return shown;
}

class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

function readFile(path: string): string {
  const config = {
    cluster: "demo",
    node: "n1",
    address,
    ports: { api: api.port() },
    voters: { n1: address },
    dataDir: "/var/lib/covey",
    gossipKey: Buffer.alloc(32).toString("base64"),
    token,
    tls,
    consul: { mode: "external", address: "http://127.0.0.1:8500" },
  };
  const files: Record<string, string> = {
    "/ca.pem": tls.ca,
    "/other-ca.pem": otherCa,
    "/agent.json": JSON.stringify(config),
    "/half.json": JSON.stringify({ ...config, datacenter: "No Name" }),
  };
  const text = files[path];
  if (text === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
  return text;
}
