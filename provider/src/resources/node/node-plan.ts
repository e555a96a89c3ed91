import { isUnknown, UNKNOWN } from "../../plugin";
import type { Path, PlanRequest, Unknown } from "../../plugin";
import { allKnown } from "../known";
import { apiOf, decodeJoinKey } from "../keys/join-key";
import type { JoinKey } from "../keys/join-key";
import { reasonOf } from "../../connection";
import { machinePaths } from "../../connection/docker";
import { agentConfig, configHash } from "./agent-config";
import { offeredResources } from "./offered-resources";
import type { NodePlan, nodeSchema } from "./schema";

/** A contradiction in the plan, with the attribute it is about. */
interface PlanProblem {
  readonly summary: string;
  readonly detail: string;
  readonly path: Path;
}

/** Of the programs that are to run there. */
export interface PlannedHashes {
  readonly agent: string;
  readonly runtime: string | Unknown;
}

/** The plan, with all that follows from what is known; or what is wrong with it. */
export type PlannedNode =
  | { readonly kind: "plan"; readonly plan: NodePlan }
  | { readonly kind: "problem"; readonly problem: PlanProblem };

/**
 * What a node will be. A cluster that does not exist yet has no join key: then what follows from it stays unknown. Nothing
 * but a new name replaces a node: an apply plans twice, the second time with the key known, and may then not turn an
 * update into a replacement. `update` itself installs anew where it must.
 */
export function planNode(
  request: Pick<PlanRequest<typeof nodeSchema>, "config" | "planned">,
  hashes: PlannedHashes,
): PlannedNode {
  const { config, planned } = request;
  let key: JoinKey | undefined;
  try {
    key = isUnknown(planned.cluster) ? undefined : decodeJoinKey(planned.cluster);
  } catch (error) {
    return problem(
      "Invalid join key",
      `cluster: ${reasonOf(error)}. Give it the join_key of a covey_cluster.`,
      ["cluster"],
    );
  }
  const address = planAddress(config, key);
  if (typeof address === "object" && "problem" in address) return { kind: "problem", ...address };
  const { name } = planned;
  const place = key && !isUnknown(name) ? `${key.cluster}/${name}` : undefined;
  const plan: NodePlan = {
    ...planned,
    address,
    id: place ?? UNKNOWN,
    data_dir: config.data_dir ?? (place === undefined ? UNKNOWN : `/var/lib/covey/${place}`),
    api: isUnknown(address) ? UNKNOWN : apiOf(address),
    status: "alive",
    agent_hash: hashes.agent,
    runtime_hash: hashes.runtime,
    config_hash: UNKNOWN,
  };
  return (
    outsideOfVolume(plan) ?? {
      kind: "plan",
      plan: { ...plan, config_hash: planConfigHash(plan, key) },
    }
  );
}

/** What lies elsewhere in a container is lost when the container is made anew. */
function outsideOfVolume({ name, docker, data_dir }: NodePlan): PlannedNode | undefined {
  if (docker === null || isUnknown(docker) || isUnknown(data_dir) || isUnknown(name))
    return undefined;
  if (data_dir?.startsWith(`${machinePaths.home}/`) === true) return undefined;
  return problem(
    "Data directory outside of the volume",
    `Node '${name}' is a container, whose volume is ${machinePaths.home}; data_dir ${String(data_dir)} is not below it. Leave data_dir out, or put it there.`,
    ["data_dir"],
  );
}

function planAddress(
  config: NodePlan,
  key: JoinKey | undefined,
): string | Unknown | { readonly problem: PlanProblem } {
  const { name, address } = config;
  if (isUnknown(address) || isUnknown(name) || key === undefined) return address ?? UNKNOWN;
  const declared = key.voters[name];
  const path = ["address"];
  if (address === null)
    return (
      declared ??
      problem(
        "Missing address",
        `Node '${name}' is no voter of cluster '${key.cluster}' (${Object.keys(key.voters).join(", ")}), so its address is not known from there: set address.`,
        path,
      )
    );
  if (declared !== undefined && declared !== address)
    return problem(
      "Contradicting address",
      `Node '${name}' has address ${address}, but the cluster declares voter '${name}' at ${declared}. Leave address out, or change the cluster's voters.`,
      path,
    );
  const other = Object.entries(key.voters).find(
    ([voter, taken]) => taken === address && voter !== name,
  );
  if (other)
    return problem(
      "Address taken",
      `Node '${name}' has address ${address}, which is that of voter '${other[0]}'. Two nodes cannot share one: give it another.`,
      path,
    );
  return address;
}

function planConfigHash(plan: NodePlan, key: JoinKey | undefined): string | Unknown {
  const { name, address, data_dir, docker_socket, docker, attributes } = plan;
  const known =
    key !== undefined &&
    allKnown(name) &&
    allKnown(address) &&
    allKnown(data_dir) &&
    allKnown(docker_socket) &&
    allKnown(plan.resources) &&
    allKnown(docker) &&
    allKnown(attributes);
  if (!known || address === null || data_dir === null) return UNKNOWN;
  const resources = offeredResources(plan.resources, docker);
  return configHash(
    agentConfig(
      { name, address, dataDir: data_dir, dockerSocket: docker_socket, resources, attributes, key },
      { certificate: { certificate: "", privateKey: "" }, network: undefined, consulBinary: "/" },
    ),
  );
}

function problem(
  summary: string,
  detail: string,
  path: Path,
): { readonly kind: "problem"; readonly problem: PlanProblem } {
  return { kind: "problem", problem: { summary, detail, path } };
}
