/** A node in a container of this machine's engine, which is reached by a real sshd through another one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { Machines } from "../../src/connection";
import { useNodeImage } from "../connection/node-image";
import { sshdProbe, SshKeys, SshServer } from "../connection/ssh-server";
import { Driver, joinKey } from "./driver";
import type { Model, Outcome } from "./driver";
import { writeFakeBundle } from "./fake-agent";

jest.setTimeout(300_000);

const address = "10.214.14.11";

describeWith(
  "sshd and docker",
  () => sshdProbe() ?? dockerProbe(),
  "a node in a container",
  () => {
    const image = useNodeImage();
    const machines = new Machines();
    const directory = mkdtempSync(join(tmpdir(), "covey-docker-node-"));
    let keys: SshKeys;
    let server: SshServer;
    let bastion: SshServer;
    let over: Driver;
    let node: Outcome | undefined;

    beforeAll(async () => {
      keys = new SshKeys();
      server = await SshServer.start(keys);
      bastion = await SshServer.start(keys);
      const bundle = writeFakeBundle(join(directory, "covey.js"));
      over = new Driver("covey_node", { bundle, machines });
    }, 60_000);

    afterAll(async () => {
      if (node?.state) await over.destroy(node);
      await machines.close();
      await server.stop();
      await bastion.stop();
      keys.remove();
      rmSync(directory, { recursive: true, force: true });
    }, 120_000);

    function config(more: Model = {}): Model {
      const user = userInfo().username;
      const host_key = keys.publicKey(keys.host);
      return {
        name: "n1",
        cluster: joinKey({ n1: address }),
        docker: {
          host: `ssh://${user}@127.0.0.1:${server.port}`,
          image: image(),
          cpus: 1,
          memory_mib: 1024,
          ssh: {
            private_key_file: keys.user,
            host_key,
            jump: { host: "127.0.0.1", port: bastion.port, user, host_key },
          },
          ...more,
        },
      };
    }

    test("is made at an engine behind a jump host, and the next plan is empty", async () => {
      node = await over.apply(config());
      expect(node.error).toBe("");
      expect(node.state).toMatchObject({ id: "test7/n1", status: "alive" });
      expect(await over.isSettled(config(), await over.read(node))).toBe(true);
    });

    test("is not reached where the jump host is not the one that is known", async () => {
      const ssh = (config()["docker"] as { ssh: { jump: Model } }).ssh;
      const wrong = { ...ssh, jump: { ...ssh.jump, host_key: `SHA256:${"A".repeat(43)}` } };
      const failed = await over.apply(config({ ssh: wrong, memory_mib: 1100 }), node);
      expect(failed.error).toMatch(/could not check the host key/);
    });
  },
);
