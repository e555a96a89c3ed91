/** An engine that is reached over the network with TLS: a real one, in a container of this machine's. */
import { randomBytes } from "node:crypto";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { run } from "../../../scripts/command";
import { demoImage } from "../../../scripts/paths";
import { waitFor } from "../../../scripts/wait";
import { issueNodeCertificate, makeAuthority } from "../../src/connection";
import { DockerShell } from "../../src/connection/docker/docker-shell";
import { parseEngineAddress } from "../../src/connection/docker/engine-address";
import type { EngineTls } from "../../src/connection/docker/engine-client";
import { machineOptions } from "../../src/connection/docker/machine-spec";
import { OuterEngine } from "../../src/connection/docker/outer-engine";
import { outerEngine, useNodeImage } from "./node-image";

const host = "covey-dk-remote";
const address = "10.214.12.2";
const deadlineMs = 30_000;
jest.setTimeout(60_000);

/** An engine as an administrator would set it up: only holders of a certificate of its authority get in. */
const daemon = `
for mounted in /sys/fs/cgroup /sys/fs/cgroup/*; do mount -o remount,bind,rw $mounted; done
until [ -e /tls/key.pem ]; do sleep 0.1; done
exec dockerd -H tcp://0.0.0.0:2376 -H unix:///var/run/docker.sock --tlsverify \
  --tlscacert /tls/ca.pem --tlscert /tls/cert.pem --tlskey /tls/key.pem`;

describeWith("docker", dockerProbe, "an engine over TCP with TLS", () => {
  const image = useNodeImage();
  const outer = outerEngine();
  let tls: EngineTls;

  function remote(over: EngineTls, text = `tcp://${address}:2376`): OuterEngine {
    const parsed = parseEngineAddress(text);
    if (!parsed) throw new Error(text);
    return new OuterEngine({ text, address: parsed, tls: over });
  }

  beforeAll(async () => {
    const docker = await outer.client();
    await run("docker", ["network", "create", "--subnet", "10.214.12.0/24", host]);
    const { HostConfig } = machineOptions({
      name: { cluster: "dkr", node: "n1" },
      address,
      image: image(),
      subnet: "10.214.12.0/24",
      limits: {},
      dataDir: "/",
      dockerSocket: "/var/run/docker.sock",
    });
    const made = await docker.createContainer({
      name: host,
      Image: image(),
      Cmd: ["sh", "-c", daemon],
      Volumes: { "/var/lib/docker": {} },
      HostConfig: { ...HostConfig, NetworkMode: host, Mounts: [] },
      NetworkingConfig: { EndpointsConfig: { [host]: { IPAMConfig: { IPv4Address: address } } } },
    });
    await made.start();
    const now = new Date();
    const authority = await makeAuthority("docker test", now);
    const names = { dnsNames: ["docker.test"], ipAddresses: [address] };
    const server = await issueNodeCertificate(authority, { commonName: "server", ...names }, now);
    const client = await issueNodeCertificate(authority, { commonName: "client", ...names }, now);
    const shell = new DockerShell(() => outer.client(), host);
    for (const [file, stdin] of [
      ["ca.pem", authority.certificate],
      ["cert.pem", server.certificate],
      ["key.pem", server.privateKey],
    ] as const)
      await shell.run('mkdir -p /tls && cat > "/tls/.$1" && mv "/tls/.$1" "/tls/$1"', [file], {
        step: `write ${file}`,
        stdin,
        deadlineMs,
      });
    tls = { ca: authority.certificate, cert: client.certificate, key: client.privateKey };
    await waitFor({ what: "the engine to answer", deadlineMs }, () =>
      remote(tls).call("ping", (one) => one.ping()),
    );
  }, 120_000);

  afterAll(async () => {
    const docker = await outer.client();
    await docker.getContainer(host).remove({ force: true, v: true });
    await docker.getNetwork(host).remove();
  }, 60_000);

  it("lets nobody in without a certificate of its authority", async () => {
    const ping = (over: EngineTls): Promise<unknown> =>
      remote(over).call("greet the engine", (one) => one.ping());
    await expect(ping({ ca: tls.ca })).rejects.toThrow(/Docker at tcp:\/\/10.214.12.2:2376/);
    const other = await makeAuthority("another", new Date());
    await expect(ping({ ...tls, ca: other.certificate })).rejects.toThrow(/certificate/);
  });

  it("gives a shell in its containers: 10 MB there and back, and an exit code", async () => {
    const engine = remote(tls);
    const archive = await (await outer.client()).getImage(demoImage).get();
    await engine.call("load", async (one) => {
      const progress = await one.loadImage(archive);
      await new Promise((resolve) => progress.on("end", resolve).resume());
    });
    const made = await engine.call("make", (one) =>
      one.createContainer({
        name: "there",
        Image: demoImage,
        // The image has no `timeout`, which busybox is by name.
        Cmd: ["sh", "-c", "busybox ln -s busybox /bin/timeout; exec sleep 600"],
        HostConfig: { Init: true },
      }),
    );
    await engine.call("start", () => made.start());
    const shell = new DockerShell(() => engine.client(), "there");
    const stdin = randomBytes(10 * 1024 * 1024);
    await waitFor({ what: "the container's start", deadlineMs }, async () => {
      const { code } = await shell
        .run("true", [], { step: "look", deadlineMs })
        .catch(() => ({ code: 1 }));
      return code === 0 ? true : undefined;
    });
    const { stdout, code } = await shell.run("cat; exit 5", [], {
      step: "copy",
      stdin,
      deadlineMs,
    });
    expect(code).toBe(5);
    expect(stdout.equals(stdin)).toBe(true);
  });

  it("is named in the refusal where nothing listens", async () => {
    const nothing = remote({}, "tcp://127.0.0.1:1");
    await expect(nothing.call("greet the engine", (one) => one.ping())).rejects.toThrow(
      /Docker at tcp:\/\/127.0.0.1:1: .*connect ECONNREFUSED/,
    );
  });
});
