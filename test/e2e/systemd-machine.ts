import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, run } from "../../scripts/command";
import { ensureNodeImage } from "../../scripts/images/node-image";
import { cachedConsul, demoImage } from "../../scripts/paths";
import { waitFor } from "../../scripts/wait";

const image = "covey-sshtest-systemd:1";
const name = "covey-sshtest-machine";
const network = "covey-sshtest-net";
const volume = "covey-sshtest-docker";
const bootDeadlineMs = 180_000;

/** Services are not started while packages are installed: there is no systemd yet. */
const recipe = (base: string): string => `FROM ${base}
RUN printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d \\
 && apt-get update -q \\
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \\
    systemd systemd-sysv dbus openssh-server sudo \\
 && rm -rf /var/lib/apt/lists/* /usr/sbin/policy-rc.d
`;

/**
 * A systemd that boots mounts the kernel's cgroup hierarchies (v1), those too that this machine does without. They stay when it
 * is gone, and Docker then notices no OOM kill any more: "cannot find cgroup mount destination". A hierarchy ends with its
 * last mount, once nothing is in it.
 */
const releaseScript = `folder=$(mktemp -d)
for _ in 1 2 3 4 5 6 7 8 9 10; do
  grep -q ":$1:" /proc/self/cgroup || break
  mount -t cgroup -o "$1" none "$folder" || break
  find "$folder" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null
  umount "$folder"
  sleep 0.2
done
rmdir "$folder"
! grep -q ":$1:" /proc/self/cgroup`;

/** The cgroup hierarchies (v1) that the kernel keeps: `memory`, `net_cls,net_prio`. */
function cgroupHierarchies(): readonly string[] {
  return readFileSync("/proc/self/cgroup", "utf8")
    .split("\n")
    .map((line) => line.split(":")[1] ?? "")
    .filter((controllers) => /^[a-z_,]+$/.test(controllers));
}

/** A machine with systemd, sshd and a Docker engine of its own, in a container. */
export class SystemdMachine {
  readonly address = "10.213.1.10";
  readonly #folder = mkdtempSync(join(tmpdir(), "covey-systemd-"));
  readonly keyFile = join(this.#folder, "key");
  readonly #hierarchies = cgroupHierarchies();
  hostKey = "";

  async start(): Promise<void> {
    const base = await ensureNodeImage(() => undefined);
    await run("docker", ["build", "-q", "-t", image, "-"], {
      input: Buffer.from(recipe(base)),
      deadlineMs: 600_000,
    });
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", this.keyFile]);
    await this.remove();
    await run("docker", ["network", "create", "--subnet", "10.213.1.0/24", network]);
    await run("docker", [...this.#runArguments(), image, "/lib/systemd/systemd"]);
    await this.booted();
    await this.#admitUser();
    await this.#putTools();
  }

  /** As root in it. */
  async in(script: string, input?: Buffer): Promise<string> {
    const options = input === undefined ? {} : { input };
    return run("docker", ["exec", "-i", name, "sh", "-c", script], {
      ...options,
      deadlineMs: 120_000,
    });
  }

  /** As a power cut would: nothing is told to end, and it boots again. */
  async restart(): Promise<void> {
    await run("docker", ["restart", "-t", "1", name], { deadlineMs: 120_000 });
    await this.booted();
  }

  async booted(): Promise<void> {
    await waitFor(
      { what: "the machine to boot", deadlineMs: bootDeadlineMs, everyMs: 500 },
      async () => {
        const state = "systemctl is-system-running; systemctl is-active docker ssh";
        const seen = (await this.in(`${state} || true`)).trim().split("\n");
        return seen.join(" ") === "running active active" ? true : undefined;
      },
    );
  }

  async remove(): Promise<void> {
    await attempt("docker", ["rm", "-f", "-v", name]);
    await attempt("docker", ["volume", "rm", "-f", volume]);
    await attempt("docker", ["network", "rm", network]);
    for (const added of cgroupHierarchies().filter((one) => !this.#hierarchies.includes(one)))
      await run("sh", ["-c", releaseScript, "sh", added], { deadlineMs: 30_000 });
  }

  forget(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #runArguments(): readonly string[] {
    return [
      "run",
      "-d",
      "--name",
      name,
      "--hostname",
      name,
      ...["--network", network, "--ip", this.address],
      ...["--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE"],
      ...["--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined"],
      ...["--tmpfs", "/run", "--tmpfs", "/run/lock", "-e", "container=docker"],
      ...["-v", `${volume}:/var/lib/docker`],
      ...["--cgroupns", "host", "-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"],
    ];
  }

  /** A user who may do everything by sudo, and who logs in with a key. */
  async #admitUser(): Promise<void> {
    await this.in(
      `useradd -m -s /bin/bash deployer
echo 'deployer ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/deployer
mkdir -m 700 /home/deployer/.ssh
cat > /home/deployer/.ssh/authorized_keys
chown -R deployer: /home/deployer/.ssh`,
      readFileSync(`${this.keyFile}.pub`),
    );
    this.hostKey = (await this.in("cat /etc/ssh/ssh_host_ed25519_key.pub")).trim();
  }

  /** What a real machine would get of its distribution and of a registry. */
  async #putTools(): Promise<void> {
    const consul = (await attempt("which", ["consul"])).stdout.trim() || cachedConsul;
    await run("docker", ["cp", "-L", consul, `${name}:/usr/local/bin/consul`]);
    const archive = join(this.#folder, "image.tar");
    await run("docker", ["save", "-o", archive, demoImage]);
    await this.in("docker load", readFileSync(archive));
  }
}
