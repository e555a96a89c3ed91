import { findProcesses, needsRestart, networkName, nodePaths } from "../../connection";
import type { Connection } from "../../connection";
import { present } from "../../plugin";
import type { ResourceContext } from "../../plugin";
import type { ProviderData } from "../provider-data";
import { configHashOfFile } from "./agent-config";
import { explained } from "./explained";
import { findContainer } from "./read-container";
import { askAgent, parseAccess } from "./node-access";
import type { NodeModel } from "./schema";

/** The node as it is found. Down: installed, but its agent does not answer. Gone: nothing of it is left. */
export async function readNode(
  context: ResourceContext<ProviderData>,
  state: NodeModel,
): Promise<NodeModel | undefined> {
  const { local, nodeTiming } = context.providerData;
  return explained(state.name, async () => {
    if (state.docker === null) return look(local(), state, nodeTiming.readMs);
    const found = await findContainer(context, state, state.docker);
    switch (found.kind) {
      case "running":
        return (
          (await look(found.connection, state, nodeTiming.readMs)) ?? { ...state, status: "down" }
        );
      case "down":
        return { ...state, status: "down" };
      case "gone":
        return undefined;
      case "unknown":
        return state;
    }
  });
}

async function look(
  connection: Connection,
  state: NodeModel,
  readMs: number,
): Promise<NodeModel | undefined> {
  const paths = nodePaths(present(state.data_dir, "data_dir"));
  const text = (await connection.readFile(paths.config)) ?? "";
  const { supervisor, agent } = await findProcesses(connection, paths);
  const running = supervisor !== undefined || agent !== undefined;
  if (text === "" && !running && (await isGone(connection, state))) return undefined;
  const answers =
    running &&
    !(await needsRestart(connection, paths)) &&
    (await answersAs(state.id, text, readMs));
  return {
    ...state,
    status: answers ? "alive" : "down",
    agent_hash: (await connection.digest(paths.bundle)) ?? "",
    config_hash: configHashOfFile(text) ?? "",
  };
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
  const [cluster = "", node = ""] = present(state.id, "id").split("/");
  const name = networkName({ cluster, node });
  return !(await engine.networks()).some((network) => network.name === name);
}
