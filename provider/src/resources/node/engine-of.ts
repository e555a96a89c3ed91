import { readFile } from "node:fs/promises";
import { OuterEngine, parseEngineAddress } from "../../connection/docker";
import type { EngineAddress, EngineTls } from "../../connection/docker";
import { InstallError, reasonOf } from "../../connection";
import type { SshTarget } from "../../connection";
import type { OperationContext } from "../../plugin";
import type { ProviderData } from "../provider-data";
import { operationOf } from "./explained";
import type { NodeModel } from "./schema";
import { sshTarget } from "./target";

export type DockerModel = NonNullable<NodeModel["docker"]>;

/** What an operation is done with. */
export type Context = OperationContext & { readonly providerData: ProviderData };

/**
 * The engine that holds a node's container. It is to be used until `act` ends, not after.
 * Throws InstallError where a file cannot be read.
 */
export async function withEngine<T>(
  context: Context,
  docker: DockerModel,
  act: (engine: OuterEngine) => Promise<T>,
): Promise<T> {
  const address = parseEngineAddress(docker.host);
  if (!address) throw new Error(`'${docker.host}' is no engine's address`);
  const text = docker.host;
  if (address.kind !== "ssh")
    return act(new OuterEngine({ text, address, tls: await tlsOf(docker) }));
  const { machines } = context.providerData;
  return machines.useShell(engineTarget(address, docker), operationOf(context), (shell) => {
    const dial = (): ReturnType<typeof shell.dialSocket> => shell.dialSocket(address.path);
    return act(new OuterEngine({ text, address, tls: {}, dial }));
  });
}

function engineTarget(
  { host, port, user }: Extract<EngineAddress, { kind: "ssh" }>,
  { ssh }: DockerModel,
): SshTarget {
  return sshTarget({ ...(ssh ?? byAgent), host, port, user });
}

/** A login that says nothing: ssh-agent and known_hosts. */
export const byAgent = {
  private_key: null,
  private_key_file: null,
  agent: null,
  host_key: null,
  known_hosts_file: null,
  sudo: null,
  jump: null,
};

async function tlsOf(docker: DockerModel): Promise<EngineTls> {
  const [ca, cert, key] = await Promise.all([
    docker.ca ?? fileText("ca_file", docker.ca_file),
    docker.cert ?? fileText("cert_file", docker.cert_file),
    docker.key ?? fileText("key_file", docker.key_file),
  ]);
  return { ca, cert, key };
}

async function fileText(field: string, path: string | null): Promise<string | undefined> {
  if (path === null) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new InstallError(
      "read the engine's certificates",
      `docker.${field} cannot be read: ${reasonOf(error)}`,
      "docker",
    );
  }
}
