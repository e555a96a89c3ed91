/** How to get in, and how the server is known. */
export interface SshOptions {
  /** A private key on the machine Terraform runs on: an absolute path. @default the keys of ssh-agent */
  readonly privateKeyFile?: string;
  /** Its text instead; it is kept in Terraform's state. @default none */
  readonly privateKey?: string;
  /** The keys of ssh-agent, said outright. @default true where there is no key */
  readonly agent?: boolean;
  /** The server's public key as `ssh-keyscan` shows it, or its fingerprint `SHA256:...`. @default found in known_hosts */
  readonly hostKey?: string;
  /** @default ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts */
  readonly knownHostsFile?: string;
}

export interface SshTarget {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/** `USER@HOST:PORT`; user and port may be missing. @throws Error where it is not of that form */
export function sshTarget(what: string, text: string): SshTarget {
  const [, user, host, port] =
    /^(?:([^@\s]+)@)?([A-Za-z0-9][A-Za-z0-9._-]*)(?::(\d+))?$/.exec(text) ?? [];
  if (host === undefined)
    throw new Error(`${what}: the target is USER@HOST:PORT, user and port may be left out`);
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535))
    throw new Error(`${what}: port ${port} is not within 1 to 65535`);
  return {
    host,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}

/** @throws Error where two ways in, or two ways to know the server, are given */
export function sshAccess(what: string, options: SshOptions): SshOptions {
  oneOf(what, "ways in", options, ["privateKey", "privateKeyFile", "agent"]);
  oneOf(what, "ways to know the server", options, ["hostKey", "knownHostsFile"]);
  return { ...options };
}

function oneOf(
  what: string,
  of: string,
  options: SshOptions,
  names: readonly (keyof SshOptions)[],
): void {
  const given = names.filter((name) => options[name] !== undefined);
  if (given.length > 1)
    throw new Error(`${what}: ${given.join(" and ")} are two ${of}; give one of them`);
}
