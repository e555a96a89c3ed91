import type { ServiceView, StatusView, TaskView } from "../../agent/src/contract/index";
import { complaints } from "./judge";
import { Ledger } from "./ledger";
import type { ContainerSeen, HostPicture, Picture } from "./picture";

const nodes = ["n1", "n2", "n3"] as const;
const addressOf = (node: string): string => `10.99.0.${node.slice(1)}`;
const version = "v4";

/** Two instances of `web`, on n1 and n2, all in order. */
function inOrder(): Picture {
  const tasks = ["n1", "n2"].map((node) => task(`web.${node}`, node));
  return { hosts: nodes.map(host), services: [web()], tasks };
}

function web(changes: { revision?: string; instances?: number } = {}): ServiceView {
  const { revision = "4", instances = 2 } = changes;
  const spec = { name: "web", instances, env: { REVISION: revision } };
  return { spec, version } as unknown as ServiceView;
}

function task(id: string, node: string, changes: Partial<TaskView> = {}): TaskView {
  return {
    id,
    framework: "services",
    service: "web",
    version,
    node,
    address: addressOf(node),
    state: "TASK_RUNNING",
    healthy: true,
    message: "",
    containerId: undefined,
    ports: [{ name: "http", containerPort: 80, hostPort: 31_000, protocol: "tcp" }],
    atMs: 0,
    ...changes,
  };
}

function host(node: string): HostPicture {
  const containers = node === "n3" ? [] : [container(`web.${node}`)];
  const dns = new Map<string, readonly string[]>([
    ["web", ["10.99.0.2:31000", "10.99.0.1:31000"]],
    ["covey", nodes.map(addressOf)],
    ["master.covey", [addressOf("n1")]],
  ]);
  return { node, address: addressOf(node), status: status(), containers, dns };
}

function status(changes: Partial<StatusView> = {}): StatusView {
  const members = { alive: 3, suspect: 0, dead: 0, left: 0 };
  const master = { name: "n1", address: addressOf("n1"), api: "" };
  return { term: 7, master, members, ...changes } as unknown as StatusView;
}

function container(name: string | undefined, changes: Partial<ContainerSeen> = {}): ContainerSeen {
  return { id: `id-of-${name}`, running: true, task: name, ...changes };
}

/** The picture with one host's part otherwise. */
function withHost(node: string, changes: (host: HostPicture) => Partial<HostPicture>): Picture {
  const picture = inOrder();
  const hosts = picture.hosts.map((one) => (one.node === node ? { ...one, ...changes(one) } : one));
  return { ...picture, hosts };
}

function ledger(): Ledger {
  const book = new Ledger();
  book.acknowledged("web", book.began("web", { revision: 4, instances: 2 }, 0));
  return book;
}

const judged = (picture: Picture, book = ledger()): readonly string[] => complaints(picture, book);
const dns = (name: string, ...places: string[]): Picture =>
  withHost("n3", (one) => ({ dns: new Map([...one.dns, [name, places]]) }));

describe("the judge of a healed cluster", () => {
  it("has nothing to say where all is in order", () => {
    expect(judged(inOrder())).toEqual([]);
  });

  it.each<[string, Picture, RegExp]>([
    [
      "two masters",
      withHost("n3", () => ({ status: status({ term: 8 }) })),
      /follow n1 of 7, n1 of 7, n1 of 8/,
    ],
    [
      "no master",
      withHost("n2", () => ({ status: status({ master: undefined }) })),
      /n2 knows of no master/,
    ],
    [
      "a member that is missed",
      withHost("n2", () => ({
        status: status({ members: { alive: 2, suspect: 0, dead: 1, left: 0 } }),
      })),
      /n2 sees 2 of 3 members alive/,
    ],
    ["no Consul", withHost("n2", () => ({ status: status({ consul: "away" }) })), /Consul of n2/],
    ["no Docker", withHost("n2", () => ({ status: status({ docker: "away" }) })), /Docker of n2/],
    [
      "an orphan",
      withHost("n3", () => ({ containers: [container("web.old")] })),
      /container id-of-web.ol on n3 is an orphan: web.old/,
    ],
    [
      "a container of nobody",
      withHost("n3", () => ({ containers: [container(undefined)] })),
      /on n3 is no task's/,
    ],
    [
      "a task that runs twice",
      withHost("n1", () => ({
        containers: [container("web.n1"), container("web.n1", { id: "b" })],
      })),
      /not the only one of web.n1/,
    ],
    [
      "a task's container on another node",
      withHost("n3", () => ({ containers: [container("web.n1")] })),
      /on n3 is an orphan: web.n1 is no live task there/,
    ],
    [
      "a container that has ended",
      withHost("n1", () => ({ containers: [container("web.n1", { running: false })] })),
      /of web.n1 does not run/,
    ],
    ["a task without a container", withHost("n1", () => ({ containers: [] })), /has no container/],
    [
      "a stale entry in DNS",
      dns("web", "10.99.0.1:31000", "10.99.0.2:31000", "10.99.0.9:31000"),
      /DNS of n3 says web is at/,
    ],
    ["an instance that DNS misses", dns("web", "10.99.0.1:31000"), /DNS of n3 says web is at/],
    ["an agent that DNS misses", dns("covey", "10.99.0.1"), /DNS of n3 says covey is at/],
    ["the old master in DNS", dns("master.covey", "10.99.0.2"), /says master.covey is at/],
    [
      "an entry of a service that is deleted",
      dns("brief", "10.99.0.1:31005"),
      /says brief is at \[10.99.0.1:31005\], not \[\]/,
    ],
    [
      "an instance too few",
      { ...inOrder(), tasks: [task("web.n1", "n1")] },
      /web has 1 tasks, 1 well, not 2/,
    ],
    [
      "an instance too many",
      { ...inOrder(), tasks: [...inOrder().tasks, task("web.n3", "n3")] },
      /web has 3 tasks, 3 well, not 2/,
    ],
    [
      "one that is not healthy",
      { ...inOrder(), tasks: [task("web.n1", "n1"), task("web.n2", "n2", { healthy: false })] },
      /web has 2 tasks, 1 well, not 2/,
    ],
    [
      "one of an older version",
      { ...inOrder(), tasks: [task("web.n1", "n1"), task("web.n2", "n2", { version: "v3" })] },
      /web has 2 tasks, 1 well, not 2/,
    ],
    [
      "one that cannot be reached",
      {
        ...inOrder(),
        tasks: [task("web.n1", "n1"), task("web.n2", "n2", { state: "TASK_UNREACHABLE" })],
      },
      /web has 2 tasks, 1 well, not 2/,
    ],
    [
      "an acknowledged version that is lost",
      { ...inOrder(), services: [web({ revision: "3" })] },
      /web is revision 3 with 2, but was revision 4 with 2/,
    ],
    [
      "an acknowledged number that is lost",
      { ...inOrder(), services: [web({ instances: 1 })] },
      /web is revision 4 with 1, but was revision 4 with 2/,
    ],
    [
      "a service that is lost",
      { ...inOrder(), services: [] },
      /web is none, but was revision 4 with 2/,
    ],
  ])("tells of %s", (_what, picture, said) => {
    expect(judged(picture).join("\n")).toMatch(said);
  });

  it("tells of a service that is back after its deletion was acknowledged", () => {
    const book = ledger();
    book.acknowledged("web", book.began("web", undefined, 1));
    expect(judged(inOrder(), book).join("\n")).toMatch(/web is revision 4 with 2, but was none/);
  });

  it("tells of a service that nobody has written", () => {
    expect(judged(inOrder(), new Ledger())).toEqual(["nobody has written web"]);
  });
});
