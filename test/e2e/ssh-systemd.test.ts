/** A node over SSH on a machine with systemd: it survives the machine's restart and its own upgrade, and leaves nothing. */
import { appendFileSync, chmodSync, copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeWith, dockerProbe } from "../../agent/test/fakes/needs";
import { waitFor } from "../../scripts/wait";
import { SystemdMachine } from "./systemd-machine";
import { expectDone, TerraformProject } from "./terraform-project";

const unit = "covey-sshtest-n1.service";

describeWith("docker", dockerProbe, "a machine with systemd, over SSH", () => {
  const machine = new SystemdMachine();
  const project = new TerraformProject();

  function write(node: Record<string, unknown> = {}): void {
    project.write({
      covey_cluster: { c: { name: "sshtest", voters: { n1: machine.address } } },
      covey_node: {
        n1: {
          name: "n1",
          cluster: "${covey_cluster.c.join_key}",
          ssh: {
            host: machine.address,
            user: "deployer",
            private_key_file: machine.keyFile,
            host_key: machine.hostKey,
            sudo: true,
          },
          resources: { cpus: 1, memory_mib: 256 },
          ...node,
        },
      },
      covey_service: {
        web: {
          name: "web",
          cluster: "${covey_cluster.c.access_key}",
          image: "covey-demo-web:1",
          command: ["busybox", "httpd", "-f", "-p", "80"],
          cpus: 0.1,
          memory_mib: 16,
          ports: [{ name: "http", container_port: 80 }],
          health: { tcp: true, port: "http" },
          depends_on: ["covey_node.n1"],
        },
      },
    });
  }

  const containers = (): Promise<string> =>
    machine.in("docker ps -q --no-trunc --filter label=covey.node=n1");
  const agentPid = async (): Promise<number> =>
    Number(await machine.in(`systemctl show -p MainPID --value ${unit}`));

  beforeAll(async () => {
    await machine.start();
    write();
    expectDone(await project.init());
  }, 600_000);

  afterAll(async () => {
    await project.destroy();
    await machine.remove();
    machine.forget();
    project.remove();
  }, 300_000);

  it("gets an agent that systemd runs, and a service on it", async () => {
    expectDone(await project.apply());
    expect((await machine.in(`systemctl is-active ${unit}`)).trim()).toBe("active");
    expect((await machine.in(`systemctl is-enabled ${unit}`)).trim()).toBe("enabled");
    expect(await containers()).toMatch(/^[0-9a-f]{64}\n$/);
    expectDone(await project.plan());
  }, 300_000);

  it("has its agent and its tasks back after a restart, without anybody's help", async () => {
    await machine.restart();
    await waitFor({ what: "a task to run again", deadlineMs: 180_000, everyMs: 1000 }, async () =>
      (await containers()) === "" ? undefined : true,
    );
    expect((await machine.in(`systemctl is-active ${unit}`)).trim()).toBe("active");
    await waitFor({ what: "an empty plan", deadlineMs: 180_000, everyMs: 1000 }, async () =>
      (await project.plan()).code === 0 ? true : undefined,
    );
  }, 480_000);

  it("is upgraded in place: another program runs the agent, the containers are the same", async () => {
    const [before, pid] = [await containers(), await agentPid()];
    const runtime = join(project.dir, "node");
    copyFileSync(process.execPath, runtime);
    chmodSync(runtime, 0o755);
    // Behind its end an ELF file may hold anything.
    appendFileSync(runtime, "another");
    write({ runtime });
    expectDone(await project.apply());
    rmSync(runtime);
    expect(await agentPid()).not.toBe(pid);
    expect(await containers()).toBe(before);
    const kept = await machine.in("ls /var/lib/covey/sshtest/n1");
    expect(kept.match(/^node-/gm)).toHaveLength(1);
    write();
    expectDone(await project.apply());
    expect(await containers()).toBe(before);
  }, 480_000);

  it("restarts an agent that was killed", async () => {
    const pid = await agentPid();
    await machine.in(`kill -9 ${pid}`);
    const now = await waitFor(
      { what: "another agent", deadlineMs: 60_000, everyMs: 500 },
      async () => {
        const found = await agentPid();
        return found !== 0 && found !== pid ? found : undefined;
      },
    );
    expect(now).toBeGreaterThan(0);
  }, 120_000);

  it("is left as it was found", async () => {
    expectDone(await project.destroy());
    expect(
      await machine.in(`ls /etc/systemd/system/${unit} /var/lib/covey 2>/dev/null || true`),
    ).toBe("");
    expect(await machine.in("docker ps -aq --filter label=covey.cluster=sshtest")).toBe("");
    expect(await machine.in("pgrep -af 'covey|consul' | grep -v pgrep || true")).toBe("");
    expect((await machine.in(`systemctl show -p LoadState --value ${unit}`)).trim()).toBe(
      "not-found",
    );
    expect(await machine.in("systemctl --failed --no-legend --plain")).toBe("");
  }, 300_000);
});
