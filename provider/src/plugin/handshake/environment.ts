/** What Terraform says to a plugin through its environment, read once. */
export interface PluginEnvironment {
  /** PEM of the one certificate that may connect; undefined: plain text was asked for. */
  readonly clientCertificatePem: string | undefined;
  /** Where the socket shall be made; undefined: the system's temporary directory. */
  readonly socketDirectory: string | undefined;
}

const COOKIE_KEY = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL = "6";

/** Thrown when this process was not started by a Terraform it can talk to. The message is for the user. */
export class HandshakeError extends Error {}

export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): PluginEnvironment {
  if (environment[COOKIE_KEY] !== COOKIE) {
    throw new HandshakeError(
      "This is a Terraform provider. It is started by Terraform, not by hand; use --debug to run it under a debugger.",
    );
  }
  const offered = (environment["PLUGIN_PROTOCOL_VERSIONS"] ?? "").split(",").map((v) => v.trim());
  if (!offered.includes(PROTOCOL)) {
    throw new HandshakeError(
      `Terraform offers the plugin protocols ${offered.join(", ")}; this provider needs ${PROTOCOL}. Use Terraform 1.8 or newer.`,
    );
  }
  return {
    clientCertificatePem: nonEmpty(environment["PLUGIN_CLIENT_CERT"]),
    socketDirectory: nonEmpty(environment["PLUGIN_UNIX_SOCKET_DIR"]),
  };
}

/** The line that tells Terraform where the plugin listens. Base64 without padding, or it is refused by chance. */
export function handshakeLine(socketPath: string, certificateDer: Uint8Array | undefined): string {
  const certificate =
    certificateDer === undefined
      ? ""
      : Buffer.from(certificateDer).toString("base64").replace(/=+$/u, "");
  return `1|${PROTOCOL}|unix|${socketPath}|grpc|${certificate}\n`;
}

/** The reattach variable for a provider started with --debug. */
export function reattachVariable(address: string, socketPath: string, pid: number): string {
  const reattach = {
    [address]: {
      Protocol: "grpc",
      ProtocolVersion: Number(PROTOCOL),
      Pid: pid,
      Test: true,
      Addr: { Network: "unix", String: socketPath },
    },
  };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify(reattach)}'`;
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : value;
}
