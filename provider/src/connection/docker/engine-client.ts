import type Docker from "dockerode";
import type { Agent } from "node:http";
import { isOwnMachine } from "./engine-address";
import type { EngineAddress } from "./engine-address";

/** PEM texts. */
export interface EngineTls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export type ClientOptions = ConstructorParameters<typeof Docker>[0] & {
  readonly agent?: Agent | undefined;
};

/**
 * How dockerode reaches the engine. Every field is given: what is left out it would take from the environment
 * (DOCKER_HOST), which names another engine.
 * @param overSsh streams to the engine's socket, for an address of kind `ssh`
 */
export function clientOptions(
  address: EngineAddress,
  tls: EngineTls,
  overSsh: Agent | undefined,
): ClientOptions {
  const none = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    protocol: "http",
  } as const;
  switch (address.kind) {
    case "unix":
      return { ...none, socketPath: address.path };
    case "ssh":
      // The name goes into the Host header alone: the agent has the connection.
      return { ...none, host: "docker", agent: overSsh };
    case "tcp":
      return {
        ...none,
        host: address.host,
        port: address.port,
        ...(isPlain(address, tls) ? {} : { protocol: "https", ...tls }),
      };
  }
}

/** Without TLS only on this machine: whoever reaches the port has the machine. */
function isPlain(address: { readonly host: string }, tls: EngineTls): boolean {
  const given = tls.ca ?? tls.cert ?? tls.key;
  return given === undefined && isOwnMachine(address.host);
}
