import { Keeper, networkName, nodePaths, runtimeHashOf } from "../../connection";
import type { Connection } from "../../connection";
import { present } from "../../plugin";
import type { ResourceContext } from "../../plugin";
import type { ProviderData } from "../provider-data";
import { configHashOfFile } from "./agent-config";
import { explained, operationOf } from "./explained";
import { askAgent, parseAccess } from "./node-access";
import { readContainer } from "./read-container";
import { nameOf } from "./schema";
import type { NodeModel } from "./schema";
import { targetOf } from "./target";

/** The node as it is found. Down: installed, but its agent does not answer. Gone: nothing of it is left. */
export async function readNode(
  context: ResourceContext<ProviderData>,
  state: NodeModel,
): Promise<NodeModel | undefined> {
  const { machines, nodeTiming } = context.providerData;
  const { docker } = state;
  const inside = (connection: Connection): Promise<NodeModel | undefined> =>
    look(connection, state, nodeTiming.readMs);
  return explained(state.name, () =>
    docker === null
      ? machines.use(targetOf(state), operationOf(context), inside)
      : readContainer(context, state, docker, inside),
  );
}

async function look(
  connection: Connection,
  state: NodeModel,
  readMs: number,
): Promise<NodeModel | undefined> {
  const paths = nodePaths(present(state.data_dir, "data_dir"));
  const [config = "", runtime, mark] = await connection.readFiles([
    paths.config,
    paths.runtime,
    paths.restartMark,
  ]);
  const { isKept, agentPid } = await new Keeper(connection, paths, nameOf(state)).look();
  const isRunning = isKept || agentPid !== undefined;
  if (config === "" && !isRunning && (await isGone(connection, state))) return undefined;
  const answers = isRunning && mark === undefined && (await answersAs(state.id, config, readMs));
  return {
    ...state,
    status: answers ? "alive" : "down",
    agent_hash: (await connection.digest(paths.bundle)) ?? "",
    runtime_hash: await runtimeHash(connection, runtime),
    config_hash: configHashOfFile(config) ?? "",
  };
}

/** By the name alone: programs are put there as a whole, and reading one of 99 MB would take long. */
async function runtimeHash(connection: Connection, path: string | undefined): Promise<string> {
  const isThere = path !== undefined && (await connection.isExecutable(path));
  return isThere ? (runtimeHashOf(path) ?? "") : "";
}

/** While its supervisor is there an agent may be about to come back: the question is asked until the deadline. */
async function answersAs(id: string | null, config: string, deadlineMs: number): Promise<boolean> {
  const access = parseAccess(config);
  if (!access || `${access.cluster}/${access.node}` !== id) return false;
  return (await askAgent(access, deadlineMs)) !== undefined;
}

/** With its directory gone, an interrupted create may still have left its network: then there is something to destroy. */
async function isGone(connection: Connection, state: NodeModel): Promise<boolean> {
  const engine = connection.engine(state.docker_socket);
  if ((await engine.whyDown()) !== undefined) return false;
  const name = networkName(nameOf(state));
  return !(await engine.networks()).some((network) => network.name === name);
}
