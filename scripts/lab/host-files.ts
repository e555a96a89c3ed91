import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface HostSettings {
  readonly name: string;
  /** Containers' bridge: `172.30.1.1/24`. */
  readonly bip: string;
  readonly cgroup: string;
  readonly registry: string;
  /** Address and name of all that it should find by name. */
  readonly names: readonly (readonly [address: string, name: string])[];
  readonly authorizedKey: string;
}

export const hostKeyFile = "ssh/lab_host_key";

/** What an administrator would have put into /etc of such a machine: paths below it, and their texts. */
export function etcFiles(settings: HostSettings): Readonly<Record<string, string>> {
  const { name, bip, cgroup, registry, names, authorizedKey } = settings;
  const hosts = [["127.0.0.1", "localhost"], ...names].map((entry) => entry.join(" "));
  const engine = {
    bip,
    "cgroup-parent": `/${cgroup}`,
    // Which takes such a parent also where systemd would be the default.
    "exec-opts": ["native.cgroupdriver=cgroupfs"],
    "insecure-registries": [registry],
  };
  return {
    hostname: lines(name),
    hosts: lines(...hosts),
    // What the host's first process does (host-init.ts), in the words of a System V init.
    inittab: lines("id:2:initdefault:", "l2:2:wait:/etc/init.d/rc 2"),
    // The machine's resolver is out of reach; without one a query fails at once instead of after its timeout.
    "resolv.conf": "",
    "docker/daemon.json": lines(JSON.stringify(engine)),
    "ssh/lab_authorized_keys": lines(authorizedKey.trim()),
    "ssh/lab_sshd_config": lines(
      "Port 22",
      "ListenAddress 0.0.0.0",
      `HostKey /etc/${hostKeyFile}`,
      "AuthorizedKeysFile /etc/ssh/lab_authorized_keys",
      "PidFile none",
      "UsePAM no",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin prohibit-password",
    ),
  };
}

export function writeEtc(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
