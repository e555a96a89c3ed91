import type { NodeTarget, SshEndpoint, SshTarget } from "../../connection";
import { isSameMachine } from "../../connection";
import type { NodeModel } from "./schema";

type SshModel = NonNullable<NodeModel["ssh"]>;
type EndpointModel = Omit<SshModel, "sudo" | "jump">;

/** The machine a node is on, of its plan or state: all that is needed to reach it is there. */
export function targetOf({ ssh }: Pick<NodeModel, "ssh">): NodeTarget {
  return ssh === null ? { kind: "local" } : { kind: "ssh", ssh: sshTarget(ssh) };
}

/** Whether two targets are one machine; one that is reached in another way is not moved. */
export function isSameTarget(a: NodeTarget, b: NodeTarget): boolean {
  if (a.kind !== b.kind) return false;
  return a.kind === "local" || (b.kind === "ssh" && isSameMachine(a.ssh, b.ssh));
}

export function sshTarget(model: SshModel): SshTarget {
  return {
    ...endpoint(model),
    sudo: model.sudo === true,
    ...(model.jump === null ? {} : { jump: endpoint(model.jump) }),
  };
}

function endpoint(model: EndpointModel): SshEndpoint {
  const { private_key, private_key_file, agent, host_key, known_hosts_file } = model;
  return {
    host: model.host,
    port: model.port,
    user: model.user,
    ...(private_key === null ? {} : { privateKey: private_key }),
    ...(private_key_file === null ? {} : { privateKeyFile: private_key_file }),
    ...(agent === null ? {} : { agent }),
    ...(host_key === null ? {} : { hostKey: host_key }),
    ...(known_hosts_file === null ? {} : { knownHostsFile: known_hosts_file }),
  };
}
