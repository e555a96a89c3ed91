/** A node's container at an engine that is reached over SSH: a real sshd in front of this machine's engine. */
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { Machines } from "../../src/connection";
import { DockerShell } from "../../src/connection/docker/docker-shell";
import { ensureMachine, findMachine, removeMachine } from "../../src/connection/docker/machine";
import { machineName } from "../../src/connection/docker/machine-names";
import { awaitMachine } from "../../src/connection/docker/machine-readiness";
import { OuterEngine } from "../../src/connection/docker/outer-engine";
import { outerEngine, useNodeImage } from "./node-image";
import { sshdProbe, SshKeys, SshServer } from "./ssh-server";

const path = "/var/run/docker.sock";
const name = { cluster: "dks", node: "n1" };
const deadlineMs = 30_000;
jest.setTimeout(120_000);

describeWith(
  "sshd and docker",
  () => sshdProbe() ?? dockerProbe(),
  "an engine over SSH",
  () => {
    const image = useNodeImage();
    const machines = new Machines();
    let keys: SshKeys;
    let server: SshServer;

    beforeAll(async () => {
      keys = new SshKeys();
      server = await SshServer.start(keys);
    });

    afterAll(async () => {
      await removeMachine(outerEngine(), name);
      await machines.close();
      await server.stop();
      keys.remove();
    });

    function withEngine<T>(act: (engine: OuterEngine) => Promise<T>): Promise<T> {
      const user = userInfo().username;
      const target = {
        host: "127.0.0.1",
        port: server.port,
        user,
        privateKeyFile: keys.user,
        hostKey: keys.publicKey(keys.host),
        sudo: false,
      };
      const { host, port } = target;
      return machines.useShell(target, { info: () => undefined }, (shell) =>
        act(
          new OuterEngine({
            text: `ssh://${user}@${host}:${port}`,
            address: { kind: "ssh", user, host, port, path },
            tls: {},
            dial: () => shell.dialSocket(path),
          }),
        ),
      );
    }

    it("makes a machine, gives 10 MB there and back, and removes it", async () => {
      await withEngine(async (engine) => {
        const spec = {
          name,
          address: "10.214.13.11",
          image: image(),
          subnet: "10.214.13.0/24",
          limits: {},
          dataDir: "/var/lib/covey/dks/n1",
          dockerSocket: path,
        };
        await ensureMachine({ engine, spec, voters: [], note: () => undefined });
        const shell = new DockerShell(() => engine.client(), machineName(name));
        await awaitMachine(engine, name, shell, new AbortController().signal);
        const stdin = randomBytes(10 * 1024 * 1024);
        const result = await shell.run("cat; exit 4", [], { step: "copy", stdin, deadlineMs });
        expect(result.code).toBe(4);
        expect(result.stdout.equals(stdin)).toBe(true);
        await removeMachine(engine, name);
        expect(await findMachine(engine, name)).toBeUndefined();
      });
    });
  },
);
