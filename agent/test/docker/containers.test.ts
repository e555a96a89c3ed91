import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProber } from "../../src/adapters/system/prober";
import type { TaskSpec } from "../../src/model/task";
import { ContainerError } from "../../src/ports/containers";
import type { OutputQuery } from "../../src/ports/task-output";
import type { ContainerEvent } from "../../src/ports/containers";
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, docker, engineProbe, eventually } from "./engine";

jest.setTimeout(60_000);

describeWith("docker", engineProbe, "containers on a real engine", () => {
  const engine = new TestEngine("containers", "127.77.3.1");
  const containers = engine.connect({ dns: "127.77.3.53", dnsSearch: ["service.consul"] });

  beforeAll(() => buildTestImage());
  afterEach(() => engine.cleanUp());

  async function started(spec: TaskSpec): Promise<string> {
    const id = await containers.create(spec);
    await containers.start(id);
    return id;
  }

  const httpd = (hostPort: number): Partial<TaskSpec> => ({
    command: ["httpd", "-f", "-p", "80", "-h", "/"],
    ports: [{ name: "http-main", containerPort: 80, hostPort, protocol: "tcp" }],
  });

  it("answer a ping", async () => {
    expect(await containers.ping()).toBeUndefined();
  });

  it("get the task's limits, an init, its ports, its resolver and bounded logs", async () => {
    const spec = engine.task("limits", { ...httpd(31801), cpus: 0.5, memMiB: 48 });
    await started(spec);
    expect(engine.inspect(spec, ".HostConfig")).toMatchObject({
      NanoCpus: 500_000_000,
      CpuShares: 512,
      Memory: 48 * 1024 * 1024,
      MemorySwap: 48 * 1024 * 1024,
      PidsLimit: 4096,
      Init: true,
      RestartPolicy: { Name: "no" },
      PortBindings: { "80/tcp": [{ HostIp: "127.77.3.1", HostPort: "31801" }] },
      Dns: ["127.77.3.53"],
      DnsSearch: ["service.consul"],
      LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
    });
  });

  it("get every option their task asks for, and the process in them sees it", async () => {
    docker("network", "create", "--label", `covey.cluster=${engine.cluster}`, engine.cluster);
    const source = mkdtempSync(join(tmpdir(), "covey-volume-"));
    writeFileSync(join(source, "word"), "bound");
    chmodSync(source, 0o777);
    const spec = engine.task("options", {
      command: [
        "id -u; id -g; pwd; hostname; cat /data/word; echo; cat /proc/1/comm; ulimit -n; ulimit -Hn;" +
          "touch /new 2>&1; touch /data/new 2>&1; touch /scratch/new && echo scratch;" +
          "df -m /scratch /dev/shm | awk '/%/ && !/Use/ {print $2}'; cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null;" +
          "grep ^CapEff /proc/self/status; grep -c db.example /etc/hosts; ls /dev/fuse; sleep 600",
      ],
      container: {
        user: "1234:2345",
        readOnlyRoot: true,
        capAdd: ["NET_ADMIN"],
        capDrop: ["ALL"],
        ulimits: [{ name: "nofile", soft: 100, hard: 200 }],
        shmMiB: 3,
        pidsLimit: 77,
        tmpfs: [{ path: "/scratch", sizeMiB: 2 }],
        volumes: [{ source, target: "/data", readOnly: true }],
        devices: ["/dev/fuse"],
        extraHosts: [{ name: "db.example", address: "10.9.8.7" }],
        hostname: "alone",
        dnsSearch: ["corp.example"],
        network: engine.cluster,
        entrypoint: ["/bin/sh", "-c"],
        workdir: "/bin",
        stopSignal: "INT",
        init: false,
        logs: { maxSizeMiB: 1, maxFiles: 2 },
      },
    });
    const id = await started(spec);
    const said = await eventually("its words", 5000, () => {
      const lines = docker("logs", id).split("\n");
      return lines.includes("/dev/fuse") ? lines : undefined;
    });
    rmSync(source, { recursive: true });
    expect(said).toEqual([
      ...["1234", "2345", "/bin", "alone", "bound", "sh", "100", "200"],
      expect.stringMatching(/new: Read-only file system/),
      expect.stringMatching(/data\/new: Read-only file system/),
      ...["scratch", "2", "3", "77"],
      expect.stringMatching(/^CapEff:\s+0{16}$/),
      ...["1", "/dev/fuse"],
    ]);
    expect(engine.inspect(spec, ".HostConfig")).toMatchObject({
      CapAdd: ["NET_ADMIN"],
      CapDrop: ["ALL"],
      NetworkMode: engine.cluster,
      DnsSearch: ["corp.example", "service.consul"],
      LogConfig: { Type: "json-file", Config: { "max-size": "1m", "max-file": "2" } },
    });
    expect(engine.inspect(spec, ".Config.StopSignal")).toBe("SIGINT");
    expect((await containers.look(spec.id))?.spec).toEqual(spec);
  });

  it("are refused where a path to be mounted is not on the node, with the way out", async () => {
    const volumes = [{ source: "/no/such/path", target: "/data", readOnly: false }];
    const refused = await containers
      .create(engine.task("unbound", { container: { volumes } }))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ fault: "refused" });
    expect(String(refused)).toMatch(/\/no\/such\/path.*node n1.*constraint/);
  });

  it("are reached on the node's address", async () => {
    await started(engine.task("port", httpd(31802)));
    await eventually("a connection", 5000, () => canConnect("127.77.3.1", 31802));
    expect(await canConnect("127.77.3.2", 31802)).toBeUndefined();
  });

  it("pass no tcp check while nothing listens in them, though Docker's proxy takes the connection", async () => {
    await started(engine.task("idle", { ...httpd(31808), command: ["sleep", "100"] }));
    await eventually("the proxy", 5000, () => canConnect("127.77.3.1", 31808));
    const problem = await createProber().tcp("127.77.3.1", 31808, 2000);
    expect(problem).toMatch(/closed at once|reset/);
  });

  it("carry their task whole, but keep the values of its environment out of the labels", async () => {
    const spec = engine.task("spec", {
      ...httpd(31803),
      env: { PASSWORD: "s3cret=1", EMPTY: "" },
      labels: { service: "web" },
      catalogName: "web",
    });
    await started(spec);
    expect((await containers.look(spec.id))?.spec).toEqual(spec);
    expect(JSON.stringify(engine.inspect(spec, ".Config.Labels"))).not.toContain("s3cret");
    expect(engine.inspect(spec, ".Config.Env")).toEqual(
      expect.arrayContaining([
        `COVEY_TASK_ID=${spec.id}`,
        "HOST=127.77.3.1",
        "PORT0=31803",
        "PORT_HTTP_MAIN=31803",
        "PASSWORD=s3cret=1",
      ]),
    );
  });

  it("are listed from created over running to exited, only those of the own node", async () => {
    const spec = engine.task("life");
    const other = engine.connect({ node: "n2" });
    const id = await containers.create(spec);
    expect(await containers.list()).toMatchObject([{ id, state: "created", error: "" }]);
    expect(await other.list()).toEqual([]);
    expect(await other.look(spec.id)).toBeUndefined();
    await containers.start(id);
    const [running] = await containers.list();
    expect(running).toMatchObject({ state: "running", exitCode: undefined });
    expect(Math.abs(Date.now() - (running?.startedAtMs ?? 0))).toBeLessThan(10_000);
    await containers.stop(id, 0);
    expect(await containers.list()).toMatchObject([{ state: "exited", oomKilled: false }]);
    await containers.stop(id, 0);
    await containers.remove(id);
    await containers.remove(id);
    expect(await containers.list()).toEqual([]);
  });

  it("get TERM before KILL", async () => {
    const spec = engine.task("term", {
      command: ["sh", "-c", "trap 'exit 5' TERM; while true; do sleep 0.05; done"],
    });
    const id = await started(spec);
    await eventually("the trap", 2000, async () =>
      (await containers.look(spec.id))?.state === "running" ? true : undefined,
    );
    docker("exec", `covey-${spec.id}`, "sh", "-c", "true");
    await containers.stop(id, 5000);
    expect(await containers.look(spec.id)).toMatchObject({ exitCode: 5, oomKilled: false });
  });

  it("tell by event within a second that they were killed, and how they ended", async () => {
    const spec = engine.task("event");
    const watching = new AbortController();
    const events: ContainerEvent[] = [];
    containers.watch((event) => void events.push(event), watching.signal);
    await eventually("the stream", 5000, () => events.find(({ kind }) => kind === "resync"));
    const id = await started(spec);
    await eventually("the start", 5000, () => events.find(({ kind }) => kind === "changed"));
    events.length = 0;
    docker("kill", id);
    const event = await eventually("the end", 1000, () => events[0]);
    watching.abort();
    expect(event).toEqual({
      kind: "changed",
      taskId: spec.id,
      ended: { containerId: id, exitCode: 137, oomKilled: false },
    });
  });

  it("say when the kernel killed a process of theirs for its memory", async () => {
    const spec = engine.task("oom", {
      memMiB: 8,
      command: ["sh", "-c", "sleep 0.3; x=a; while true; do x=$x$x; done"],
    });
    const watching = new AbortController();
    const events: ContainerEvent[] = [];
    containers.watch((event) => void events.push(event), watching.signal);
    await eventually("the stream", 5000, () => events[0]);
    await started(spec);
    const ended = await eventually("the end", 20_000, async () => {
      const found = await containers.look(spec.id);
      return found?.state === "exited" ? found : undefined;
    });
    watching.abort();
    expect(ended).toMatchObject({ oomKilled: true, exitCode: 137 });
  });

  it("are heard while they run and after they ended: both streams, one, the last lines, since when; and say what they use", async () => {
    const output = engine.output();
    const all = { follow: false, tail: undefined, sinceMs: undefined, stream: "both" } as const;
    const spec = engine.task("logs", {
      command: [
        "sh",
        "-c",
        "echo out 1; echo out 2; echo err >&2; trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done",
      ],
    });
    const read = async (query: Partial<OutputQuery> = {}): Promise<string> => {
      const words = await output.logs(spec.id, { ...all, ...query }, new AbortController().signal);
      const chunks: Uint8Array[] = [];
      for await (const chunk of words ?? []) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    const id = await started(spec);
    const followed = read({ follow: true });
    await eventually("readiness", 5000, async () =>
      (await read()).includes("ready") ? true : undefined,
    );
    expect(await read({ stream: "stderr" })).toBe("err\n");
    expect(await read({ stream: "stdout" })).toBe("out 1\nout 2\nready\n");
    expect(await read({ sinceMs: Date.now() + 60_000 })).toBe("");
    const used = await output.usage(spec.id);
    expect(used).toMatchObject({ memLimitMiB: 32 });
    expect(used?.pids).toBeGreaterThanOrEqual(2);
    expect(used?.memMiB).toBeGreaterThan(0);
    const left = new AbortController();
    const going = await output.logs(spec.id, { ...all, follow: true }, left.signal);
    const abandoned = (async () => {
      for await (const part of going ?? []) if (part.length > 0) left.abort();
    })();
    await expect(abandoned).rejects.toThrow(/broke off/);
    await containers.stop(id, 5000);
    expect((await followed).split("\n").sort()).toEqual([
      "",
      "bye",
      "err",
      "out 1",
      "out 2",
      "ready",
    ]);
    expect(await read({ tail: 1 })).toBe("bye\n");
    expect(await output.logs(`${spec.id}-none`, all, left.signal)).toBeUndefined();
  });

  it("run a command: its exit code, the end of its output, and one at a time where it is late", async () => {
    const id = await started(engine.task("exec"));
    const ended = await containers.exec(id, ["sh", "-c", "echo out; echo err >&2; exit 3"], 5000);
    expect(ended.exitCode).toBe(3);
    expect(ended.output.split(" ").sort()).toEqual(["err", "out"]);
    expect(await containers.exec(id, ["true"], 5000)).toEqual({ exitCode: 0, output: "" });
    const slow = ["sh", "-c", "echo begun; sleep 300"];
    expect(await containers.exec(id, slow, 500)).toEqual({ exitCode: undefined, output: "begun" });
    expect(await containers.exec(id, slow, 500)).toEqual({ exitCode: undefined, output: "" });
    expect(docker("exec", id, "ps").match(/sleep 300$/gm)).toHaveLength(1);
    const missing = await containers.exec(id, ["/no/such"], 5000);
    expect(missing).toMatchObject({ exitCode: 126 });
    expect(missing.output).toContain("no such file");
    const gone = await containers
      .exec("0".repeat(64), ["true"], 5000)
      .catch((error: unknown) => error);
    expect(gone).toMatchObject({ fault: "not-found" });
  });

  it("refuse an image that is nowhere to be had, naming it and the way out", async () => {
    const refused = await containers
      .ensureImage({ image: "localhost:1/covey-no-such-image:7", always: false })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ContainerError);
    expect(refused).toMatchObject({ fault: "image-not-found" });
    expect(String(refused)).toMatch(/localhost:1\/covey-no-such-image:7.*node n1.*docker load/);
  });

  it("take an image that is there without asking a registry", async () => {
    const want = { image: "covey-test-busybox:1", always: false };
    await expect(containers.ensureImage(want)).resolves.toBeUndefined();
  });

  it("refuse a port that is taken, naming it, and can be removed", async () => {
    await started(engine.task("first", httpd(31804)));
    const second = engine.task("second", httpd(31804));
    const id = await containers.create(second);
    const refused = await containers.start(id).catch((error: unknown) => error);
    expect(refused).toMatchObject({ fault: "port-taken" });
    expect(String(refused)).toMatch(/127\.77\.3\.1:31804.*ss -ltnp/);
    expect((await containers.look(second.id))?.error).not.toBe("");
    await containers.remove(id);
    expect(await containers.look(second.id)).toBeUndefined();
  });

  it("refuse a second container for one task", async () => {
    const spec = engine.task("twice");
    await containers.create(spec);
    await expect(containers.create(spec)).rejects.toMatchObject({ fault: "name-taken" });
    expect(engine.ids()).toHaveLength(1);
  });

  it("with a command that is not in the image end with exit code 127", async () => {
    const spec = engine.task("command", { command: ["/no/such/program"] });
    await started(spec);
    const ended = await eventually("the end", 5000, async () => {
      const found = await containers.look(spec.id);
      return found?.state === "exited" ? found : undefined;
    });
    expect(ended.exitCode).toBe(127);
  });
});

function canConnect(host: string, port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    socket.on("connect", () => {
      resolve(true);
      socket.destroy();
    });
    socket.on("error", () => resolve(undefined));
    socket.on("timeout", () => socket.destroy());
  });
}
