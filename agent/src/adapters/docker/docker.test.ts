import * as fc from "fast-check";
import type { TaskSpec } from "../../model/task";
import { containerOptions } from "../../../test/fakes/container-options";
import { taskSpec as taskSpecOf } from "../../../test/fakes/specs";
import { createOptions } from "./create-options";
import { containerErrorOf } from "./docker-fault";
import { imageReference } from "./image-pull";
import { decodeSpec, encodeSpec } from "./spec-label";
import { splitLines } from "./split-lines";

const place = {
  cluster: "prod",
  node: "n1",
  address: "10.0.0.1",
  network: undefined,
  dns: undefined,
  dnsSearch: [],
};
const word = fc.string({ minLength: 1, maxLength: 20 });
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/);
const port = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
  containerPort: fc.nat(65535),
  hostPort: fc.nat(65535),
  protocol: fc.constantFrom("tcp", "udp"),
});
const taskSpec: fc.Arbitrary<TaskSpec> = fc.record({
  id: word,
  framework: word,
  image: word,
  command: fc.option(fc.array(word), { nil: undefined }),
  env: fc.dictionary(name, fc.string(), { noNullPrototype: true }),
  labels: fc.dictionary(name, fc.string(), { noNullPrototype: true }),
  cpus: fc.integer({ min: 1, max: 64 }),
  memMiB: fc.integer({ min: 4, max: 4096 }),
  ports: fc.uniqueArray(port, { selector: (one) => one.name }),
  network: fc.constantFrom("bridge", "host"),
  health: fc.constant(undefined),
  killGraceMs: fc.nat(60_000),
  catalogName: fc.option(word, { nil: undefined }),
  container: containerOptions,
});

describe("a task's spec", () => {
  it("comes back whole from the container's label and environment", () => {
    fc.assert(
      fc.property(taskSpec, (spec) => {
        const { Env } = createOptions(spec, place);
        const read = decodeSpec(encodeSpec(spec), ["PATH=/bin", ...(Env ?? [])]);
        expect(read).toEqual(spec);
      }),
    );
  });

  it("comes back from a container of a version that knew no options, and with those of today", () => {
    const old = encodeSpec(taskSpecOf("t"));
    expect(old).not.toContain("container");
    expect(decodeSpec(old, []).container).toBeUndefined();
    const spec = taskSpecOf("t", { container: { user: "1", tmpfs: [{ path: "/t", sizeMiB: 1 }] } });
    expect(decodeSpec(encodeSpec(spec), [])).toEqual(spec);
  });

  it.each(["", "{}", "null", '{"id":"x"}', "[1]"])("is not read from '%s'", (text) => {
    expect(() => decodeSpec(text, [])).toThrow(/./);
  });
});

describe("a container's environment", () => {
  it("has the task's facts under Covey's and Mesos' names, and the service's own words go before them", () => {
    const labels = { "covey.service": "web" };
    const ports = [{ name: "a-b", containerPort: 80, hostPort: 31000, protocol: "tcp" as const }];
    const { Env } = createOptions(
      taskSpecOf("web.1.a", { labels, ports, env: { HOST: "mine" } }),
      place,
    );
    expect(Env).toEqual([
      "COVEY_TASK_ID=web.1.a",
      "COVEY_NODE=n1",
      "COVEY_SERVICE=web",
      "MESOS_TASK_ID=web.1.a",
      "HOST=mine",
      "PORT0=31000",
      "PORT_A_B=31000",
    ]);
  });
});

describe("a container on the host's network", () => {
  it("publishes nothing", () => {
    fc.assert(
      fc.property(taskSpec, (spec) => {
        const { HostConfig } = createOptions({ ...spec, network: "host" }, place);
        expect(HostConfig).toMatchObject({ NetworkMode: "host", PortBindings: {} });
      }),
    );
  });
});

describe("a container's search domains", () => {
  it("are the service's own and then the node's", () => {
    const spec = taskSpecOf("t", { container: { dnsSearch: ["corp.example"] } });
    const withDns = { ...place, dns: "10.0.0.1", dnsSearch: ["service.consul"] };
    expect(createOptions(spec, withDns).HostConfig?.DnsSearch).toEqual([
      "corp.example",
      "service.consul",
    ]);
    expect(createOptions(spec, place).HostConfig?.DnsSearch).toEqual(["corp.example"]);
  });
});

describe("an image's name", () => {
  it.each([
    ["web", "web", "latest"],
    ["web:2", "web", "2"],
    ["registry:5000/team/web", "registry:5000/team/web", "latest"],
    ["registry:5000/web:2", "registry:5000/web", "2"],
    ["web@sha256:abc", "web", "sha256:abc"],
  ])("%s is asked for as %s, tag %s", (image, fromImage, tag) => {
    expect(imageReference(image)).toEqual({ fromImage, tag });
  });
});

describe("what the engine says", () => {
  const operation = {
    doing: "starting container covey-t1",
    image: "web:1",
    socket: "/var/run/docker.sock",
    node: "n1",
    deadlineMs: 30_000,
  };

  it.each([
    ["Bind for 10.0.0.1:80 failed: port is already allocated", "port-taken", /ss -ltnp/],
    ["listen tcp4 10.0.0.1:80: bind: address already in use", "port-taken", /10\.0\.0\.1:80/],
    ["bind: cannot assign requested address", "refused", /not an address of this machine/],
    ["No such image: web:1", "image-not-found", /docker load/],
    ["connect ECONNREFUSED /var/run/docker.sock", "unavailable", /systemctl start docker/],
    ["connect EACCES /var/run/docker.sock", "unavailable", /group docker/],
    ['The container name "/covey-t1" is already in use by container "x"', "name-taken", /covey-t1/],
    ["No such container: x", "not-found", /removed/],
    ["something new", "refused", /something new/],
  ])("'%s' is %s, with the node and the way out", (said, fault, message) => {
    const error = containerErrorOf(new Error(said), operation);
    expect(error.fault).toBe(fault);
    expect(error.message).toMatch(message);
    expect(error.message).toContain("node n1");
  });
});

describe("lines of a stream", () => {
  it("are the same however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-zäöü€]{1,9}$/)),
        fc.integer({ min: 1, max: 7 }),
        async (lines, size) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
          const read: string[] = [];
          for await (const line of splitLines(chunks(bytes, size), 100)) read.push(line);
          expect(read).toEqual(lines);
        },
      ),
    );
  });

  it("are refused above their limit", async () => {
    const reading = splitLines(chunks(Buffer.alloc(200, "x"), 50), 100).next();
    await expect(reading).rejects.toThrow(/longer than 100/);
  });
});

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}
