import { createHash } from "node:crypto";

/** Where an SSH server is, who logs in there and how, and how the server proves who it is. */
export interface SshEndpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** PEM or OpenSSH; a secret. */
  readonly privateKey?: string;
  /** On the machine the provider runs on. */
  readonly privateKeyFile?: string;
  /** The running ssh-agent's keys; also where no key is given. */
  readonly agent?: boolean;
  /** A public key (`ssh-ed25519 AAAA...`), a line of ssh-keyscan, or a fingerprint (`SHA256:...`). */
  readonly hostKey?: string;
  /** Where no `hostKey` is given. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts. */
  readonly knownHostsFile?: string;
}

export interface SshTarget extends SshEndpoint {
  /** Every command is run by `sudo -n`. */
  readonly sudo: boolean;
  /** The server the target is reached through. */
  readonly jump?: SshEndpoint;
}

export function describeEndpoint({ host, port, user }: SshEndpoint): string {
  return `ssh ${user}@${host}${port === 22 ? "" : `:${port}`}`;
}

/** Two targets of one name are reached by one connection. Holds no secret: keys count by their hash. */
export function targetName(target: SshTarget): string {
  const { privateKey, ...rest } = target;
  const key = createHash("sha256")
    .update(privateKey ?? "")
    .digest("hex");
  const jump = target.jump === undefined ? "" : targetName({ ...target.jump, sudo: false });
  return JSON.stringify([Object.entries({ ...rest, jump }).sort(), key]);
}

/** The same machine, whoever logs in: what is installed there does not have to be moved. */
export function isSameMachine(a: SshTarget, b: SshTarget): boolean {
  return a.host === b.host && a.port === b.port;
}
