/** A node's container with an engine of its own, against the real outer one. */
import { connect } from "node:net";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { run } from "../../../scripts/command";
import { demoImage } from "../../../scripts/paths";
import { DockerShell } from "../../src/connection/docker/docker-shell";
import {
  ensureMachine,
  findMachine,
  hasRemains,
  removeMachine,
} from "../../src/connection/docker/machine";
import { machineName } from "../../src/connection/docker/machine-names";
import { awaitMachine } from "../../src/connection/docker/machine-readiness";
import type { MachineSpec } from "../../src/connection/docker/machine-spec";
import { copyImages } from "../../src/connection/docker/task-images";
import { outerEngine, useNodeImage } from "./node-image";

const deadlineMs = 20_000;
const socket = "/var/run/docker.sock";
jest.setTimeout(120_000);

describeWith("docker", dockerProbe, "a machine made of a container", () => {
  const image = useNodeImage();
  const engine = outerEngine();
  const name = { cluster: "dkm", node: "n1" };
  const shell = new DockerShell(() => engine.client(), machineName(name));
  const notes: string[] = [];
  const signal = new AbortController().signal;

  function spec(over: Partial<MachineSpec> = {}): MachineSpec {
    return {
      name,
      address: "10.214.11.11",
      image: image(),
      subnet: "10.214.11.0/24",
      limits: { cpus: 1, memoryMiB: 512 },
      dataDir: "/var/lib/covey/dkm/n1",
      dockerSocket: socket,
      ...over,
    };
  }

  async function ensure(over: Partial<MachineSpec> = {}): Promise<void> {
    const wanted = spec(over);
    const note = (message: string): void => void notes.push(message);
    await ensureMachine({ engine, spec: wanted, voters: [wanted.address], note });
    const own = new DockerShell(() => engine.client(), machineName(wanted.name));
    await awaitMachine(engine, wanted.name, own, signal);
  }

  /** In the machine, with its own engine. */
  async function inside(script: string): Promise<string> {
    const { code, stdout, stderr } = await shell.run(script, [], { step: script, deadlineMs });
    return code === 0 ? stdout.toString().trim() : `code ${code}: ${stderr}`;
  }

  /** When the container was started, and which it is. */
  async function identity(): Promise<string> {
    return run("docker", ["inspect", "-f", "{{.Id}} {{.State.StartedAt}}", machineName(name)]);
  }

  async function left(): Promise<string[]> {
    const filter = ["--filter", "label=covey.machine.cluster=dkm", "-q"];
    const lists = await Promise.all([
      run("docker", ["ps", "-a", ...filter]),
      run("docker", ["volume", "ls", ...filter]),
      run("docker", ["network", "ls", ...filter]),
    ]);
    return lists.flatMap((text) => text.split("\n").filter((line) => line !== ""));
  }

  afterAll(async () => {
    const nodes = ["n1", ...Array.from({ length: 10 }, (_, index) => `m${index}`)];
    for (const node of nodes) await removeMachine(engine, { ...name, node });
  });

  it("has an engine of its own that answers through the container", async () => {
    await ensure();
    expect(await findMachine(engine, name)).toMatchObject({ running: true, nanoCpus: 1e9 });
    const stream = await shell.dialSocket(socket);
    stream.write("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 200 OK[^]*OK$/);
    expect(await inside("hostname")).toBe("n1");
    expect(await inside("docker info -f '{{.Driver}}'")).toBe("overlay2");
  });

  it("gets the outer engine's image once, and runs tasks of it within limits", async () => {
    const options = { from: engine, to: shell, dockerSocket: socket, images: [demoImage] };
    for (let time = 0; time < 2; time += 1)
      await copyImages({ ...options, note: (message) => void notes.push(message) });
    expect(notes.filter((note) => note.startsWith("copying image"))).toHaveLength(1);
    const limits = "--memory 16m --memory-swap 16m --cpus 0.5 --pids-limit 32";
    await inside(
      `docker run -d --name web ${limits} -p 10.214.11.11:31000:80 --init ${demoImage} httpd -f -p 80`,
    );
    expect(await inside("cat /sys/fs/cgroup/memory/docker/*/memory.limit_in_bytes")).toBe(
      "16777216",
    );
    await expect(isReachable("10.214.11.11", 31000)).resolves.toBe(true);
    await inside(
      `docker run --name glutton --memory 16m --memory-swap 16m ${demoImage} busybox tail /dev/zero`,
    );
    expect(
      await inside("docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' glutton"),
    ).toBe("true 137");
  });

  it("is left alone by a second ensure, and its limits are changed in place", async () => {
    const before = await identity();
    await ensure();
    await ensure({ limits: { cpus: 0.5, memoryMiB: 640 } });
    expect(await identity()).toBe(before);
    expect(await findMachine(engine, name)).toMatchObject({
      nanoCpus: 0.5e9,
      memoryBytes: 640 * 1024 * 1024,
    });
  });

  it("starts its engine again when that dies, and tasks run on", async () => {
    const task = await inside("docker inspect -f '{{.State.Pid}}' web");
    await inside("kill -9 $(pidof dockerd); while pidof dockerd; do sleep 0.1; done");
    await inside("until docker version > /dev/null 2>&1; do sleep 0.1; done");
    expect(await inside("docker inspect -f '{{.State.Running}} {{.State.Pid}}' web")).toBe(
      `true ${task}`,
    );
  });

  it("keeps its containers when it is stopped, and when it is made anew", async () => {
    await run("docker", ["stop", machineName(name)]);
    await ensure();
    expect(await inside("docker inspect -f '{{.State.Running}} {{.State.ExitCode}}' web")).toBe(
      "false 143",
    );
    const before = await identity();
    await ensure({ limits: {} });
    expect((await identity()).split(" ")[0]).not.toBe(before.split(" ")[0]);
    expect(await inside("docker ps -aq --filter name=web | wc -l")).toBe("1");
  });

  it("shows the last lines of its log when its engine does not come up", async () => {
    const broken = spec({ dockerSocket: "/nowhere/at/all.sock" });
    await ensureMachine({ engine, spec: broken, voters: [], note: () => undefined });
    const soon = AbortSignal.timeout(3000);
    await awaitMachine(engine, name, shell, soon);
    await run("docker", ["stop", "-t", "1", machineName(name)]);
    await expect(awaitMachine(engine, name, shell, signal)).rejects.toThrow(
      /has ended[^]*Last lines of its log[^]*machine: stopping/,
    );
  });

  it("refuses a container of its name that is not its own", async () => {
    await removeMachine(engine, name);
    await run("docker", ["create", "--name", machineName(name), demoImage]);
    try {
      await expect(ensure()).rejects.toThrow(/a container covey-dkm-n1 that is no node's/);
      await expect(removeMachine(engine, name)).rejects.toThrow(/that is no node's/);
    } finally {
      await run("docker", ["rm", machineName(name)]);
    }
  });

  it("ten are made at once on one network; the last to go takes it along", async () => {
    const machines = Array.from({ length: 10 }, (_, index) => ({
      name: { cluster: "dkm", node: `m${index}` },
      address: `10.214.11.${20 + index}`,
    }));
    await Promise.all(machines.map((one) => ensure({ ...one, limits: { cpus: 1 } })));
    expect(await left()).toHaveLength(10 + 10 + 1 + 1);
    await Promise.all(machines.slice(1).map((one) => removeMachine(engine, one.name)));
    expect(await left()).toHaveLength(1 + 1 + 1 + 1);
    await removeMachine(engine, { cluster: "dkm", node: "m0" });
    expect(await left()).toEqual([]);
    expect(await hasRemains(engine, { cluster: "dkm", node: "m0" })).toBe(false);
    await expect(removeMachine(engine, { cluster: "dkm", node: "m0" })).resolves.toBeUndefined();
  });
});

function isReachable(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socketTo = connect(port, address)
      .once("connect", () => {
        socketTo.destroy();
        resolve(true);
      })
      .once("error", () => {
        resolve(false);
      });
  });
}
