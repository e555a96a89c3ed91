import type { Duplex } from "node:stream";
import type { Client, ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";
import { InstallError, reasonOf } from "../install-error";
import { hostKeyCheck } from "./host-key-check";
import { loginOf } from "./login";
import { describeEndpoint } from "./ssh-target";
import type { SshEndpoint, SshTarget } from "./ssh-target";

const connectDeadlineMs = 20_000;
/** A server that answers none of three is gone: noticed 15 to 20 s after its last word. */
const keepaliveIntervalMs = 5_000;
const keepalivesMax = 3;
/** ssh2's own order; the types that are known of a host go before the others, as with ssh. */
const keyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/** A connection to an SSH server that has proved itself and let us in. */
export interface SshLink {
  readonly client: Client;
  /** Why it is of no more use; undefined while it is. */
  readonly broken: string | undefined;
  close(): void;
}

/** Throws InstallError naming the server, what was being done and what to do about it. */
export async function dialSsh(target: SshTarget): Promise<SshLink> {
  if (target.jump === undefined) return dialEndpoint(target, undefined);
  const { jump, host, port } = target;
  const first = await dialEndpoint({ ...sharedLogin(target), ...jump }, undefined);
  try {
    const step = `reach ${host}:${port} through ${describeEndpoint(jump)}`;
    const sock = await forward(first.client, host, port, step);
    const second = await dialEndpoint(target, sock);
    second.client.once("close", () => {
      first.close();
    });
    return second;
  } catch (error) {
    first.close();
    throw error;
  }
}

/** The jump host takes the target's keys where it has none of its own. */
function sharedLogin({ privateKey, privateKeyFile, agent }: SshTarget): Partial<SshEndpoint> {
  return {
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(privateKeyFile === undefined ? {} : { privateKeyFile }),
    ...(agent === undefined ? {} : { agent }),
  };
}

async function dialEndpoint(endpoint: SshEndpoint, sock: Duplex | undefined): Promise<SshLink> {
  const [check, login, { Client }] = await Promise.all([
    hostKeyCheck(endpoint),
    loginOf(endpoint),
    import("ssh2"),
  ]);
  let refusal: string | undefined;
  const client = new Client();
  const state = { broken: undefined as string | undefined };
  const config: ConnectConfig = {
    host: endpoint.host,
    port: endpoint.port,
    username: endpoint.user,
    ...login,
    ...(sock === undefined ? {} : { sock }),
    readyTimeout: connectDeadlineMs,
    keepaliveInterval: keepaliveIntervalMs,
    keepaliveCountMax: keepalivesMax,
    algorithms: { serverHostKey: [...ordered(check.preferred)] },
    hostVerifier: (key: Buffer) => (refusal = check.whyRefused(key)) === undefined,
  };
  try {
    await ready(client, config);
  } catch (error) {
    client.destroy();
    sock?.destroy();
    throw refused(endpoint, refusal, error);
  }
  client.on("error", (error) => (state.broken ??= error.message));
  client.once("close", () => (state.broken ??= "the server closed the connection"));
  return {
    client,
    get broken() {
      return state.broken;
    },
    close: () => {
      state.broken ??= "it was closed";
      client.end();
    },
  };
}

function ready(client: Client, config: ConnectConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = (): void => {
      reject(new Error("the server closed the connection before the login"));
    };
    client.once("ready", () => {
      client.removeListener("error", reject);
      client.removeListener("close", closed);
      resolve();
    });
    client.on("error", reject);
    client.once("close", closed);
    client.connect(config);
  });
}

function refused(endpoint: SshEndpoint, refusal: string | undefined, cause: unknown): InstallError {
  const name = describeEndpoint(endpoint);
  if (refusal !== undefined)
    return new InstallError("check the host key", `${name}: ${refusal}`, "ssh", { cause });
  const reason = reasonOf(cause);
  if (/authentication methods failed/i.test(reason))
    return new InstallError(
      "log in",
      `${name}: the server refused every key. Try 'ssh -p ${endpoint.port} ${endpoint.user}@${endpoint.host} true', and add the public key to ~${endpoint.user}/.ssh/authorized_keys there`,
      "ssh",
      { cause },
    );
  const why = /timed out while waiting for handshake/i.test(reason)
    ? `no login within ${connectDeadlineMs / 1000} s`
    : reason;
  return new InstallError(
    "connect",
    `${name}: ${why}. Look whether sshd runs there and port ${endpoint.port} of ${endpoint.host} can be reached from this machine`,
    "ssh",
    { cause },
  );
}

function ordered(known: readonly string[]): readonly ServerHostKeyAlgorithm[] {
  const isKnown = (algorithm: string): boolean =>
    known.includes(algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm);
  return [
    ...keyAlgorithms.filter(isKnown),
    ...keyAlgorithms.filter((algorithm) => !isKnown(algorithm)),
  ];
}

function forward(client: Client, host: string, port: number, step: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut("127.0.0.1", 0, host, port, (error, stream) => {
      if (error)
        reject(
          new InstallError(
            step,
            `${error.message}; look whether the jump host allows it (AllowTcpForwarding in its sshd_config) and reaches ${host}:${port}`,
            "ssh",
            { cause: error },
          ),
        );
      else resolve(stream);
    });
  });
}
