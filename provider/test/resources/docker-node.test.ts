/** A node in a container of this machine's engine, which is reached by a real sshd through another one; and its import. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
    const home = process.env["HOME"];
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
      over = new Driver("covey_node", { bundle, machines, sshKeyFile: keys.user });
    }, 60_000);

    afterAll(async () => {
      process.env["HOME"] = home;
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

    test("is imported by its engine and its name, with what the container tells", async () => {
      const url = `docker+ssh://${userInfo().username}@127.0.0.1:${server.port}/test7/n1`;
      process.env["HOME"] = join(directory, "home");
      mkdirSync(join(directory, "home/.ssh"), { recursive: true });
      const known = `[127.0.0.1]:${server.port} ${keys.publicKey(keys.host)}`;
      writeFileSync(join(directory, "home/.ssh/known_hosts"), known);

      const found = await over.import(url);

      expect(found.error).toBe("");
      expect(found.state).toMatchObject({
        id: "test7/n1",
        name: "n1",
        address,
        data_dir: "/var/lib/covey/test7/n1",
        local: null,
        ssh: null,
        resources: null,
        docker: {
          image: image(),
          cpus: 1,
          memory_mib: 1024,
          subnet: null,
          ssh: { private_key_file: keys.user, jump: null },
        },
        config_hash: node?.state?.["config_hash"],
        agent_hash: node?.state?.["agent_hash"],
        status: "alive",
      });
    });

    test("is imported from the default engine with nothing but its name; others are refused", async () => {
      const found = await over.import("docker://test7/n1");
      expect(found.error).toBe("");
      expect(found.state).toMatchObject({
        docker: { host: "unix:///var/run/docker.sock", ssh: null },
      });
      // All but the join key, which no file named.
      const wanted = config({ host: "unix:///var/run/docker.sock", ssh: null });
      const settled = await over.apply(wanted, found);
      expect(settled.error).toBe("");
      expect(await over.isSettled(wanted, await over.read(settled))).toBe(true);
      expect((await over.import("docker://test7/n9")).error).toContain("names none that is there");
      expect((await over.import("docker+http://x/test7/n1")).error).toContain("has another form");
    });
  },
);
