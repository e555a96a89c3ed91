import { nodePaths } from "../../connection";
import type { Connection } from "../../connection";
import { PluginError, present, timeoutMs, withProviderData } from "../../plugin";
import type { OperationContext, WriteContext } from "../../plugin";
import { apiOf, decodeJoinKey } from "../keys/join-key";
import { redact } from "../redact";
import type { ProviderData } from "../provider-data";
import { nodeTimeouts } from "../timeouts";
import type { Operation } from "../timeouts";
import { deadlineIn } from "../waiting";
import type { Deadline } from "../waiting";
import type { NodeFacts } from "./agent-config";
import { awaitNode } from "./await-node";
import type { Outcome } from "./await-node";
import { explained } from "./explained";
import { importNode } from "./import-node";
import { installNode, prepareNode } from "./install-node";
import { planNode } from "./node-plan";
import { readNode } from "./read-node";
import { removeNode } from "./remove-node";
import { nodeSchema } from "./schema";
import type { NodeModel } from "./schema";

const logTailBytes = 4096;
const logTailLines = 15;

type Write = WriteContext<typeof nodeSchema, ProviderData>;

/** A machine of a cluster, from its preconditions to the last file. */
export const nodeResource = withProviderData<ProviderData>().resource({
  type: "covey_node",
  schema: nodeSchema,

  create: (context, plan) => settle(context, plan, deadlineOf(context, plan, "create")),

  read: (context, state) => readNode(context, state),

  async update(context, plan, state) {
    const deadline = deadlineOf(context, plan, "update");
    if (isElsewhere(plan, state)) {
      await remove(context, state, deadline);
      context.saveState({ ...plan, status: "down" });
    }
    return settle(context, plan, deadline);
  },

  delete: (context, state) => remove(context, state, deadlineOf(context, state, "delete")),

  import: (context, id) => importNode(context.providerData, id),

  async modifyPlan(context, request) {
    const planned = planNode(request, await context.providerData.bundle.hash());
    if (planned.kind === "plan") return planned.plan;
    const { summary, detail, path } = planned.problem;
    throw new PluginError(summary, detail, path);
  },
});

/** Makes the machine what the plan says and waits for the cluster to have it. */
async function settle(context: Write, plan: NodeModel, deadline: Deadline): Promise<NodeModel> {
  const { bundle, local, now, nodeTiming } = context.providerData;
  const facts = factsOf(plan);
  const connection = local();
  const options = {
    connection,
    facts,
    bundle,
    runtime: plan.local?.runtime ?? process.execPath,
    consulBinary: plan.consul_binary ?? undefined,
    now: now(),
  };
  const prepared = await explained(plan.name, () => prepareNode(options));
  const result = { ...plan, status: "alive" };
  // From here on there is something to remove: an interrupted create leaves a tainted node, never an orphan.
  context.saveState({ ...result, status: "down" });
  await explained(plan.name, () => installNode(options, prepared));
  deadline.throwIfInterrupted();
  const { key, address, name } = facts;
  const outcome = await awaitNode({
    connection,
    paths: prepared.paths,
    access: {
      cluster: key.cluster,
      node: name,
      api: apiOf(address),
      token: key.token,
      ca: key.authority.certificate,
      voters: [],
    },
    timing: nodeTiming,
    deadline,
  });
  await judge(context, outcome, facts, connection);
  return result;
}

async function judge(
  context: OperationContext,
  outcome: Outcome,
  facts: NodeFacts,
  connection: Connection,
): Promise<void> {
  if (outcome.kind === "attached") return;
  if (outcome.kind === "alone") {
    context.diagnostics.warn(
      `Node '${facts.name}' waits for other voters`,
      `Its agent is up, waiting for other voters: ${outcome.missing.join(", ")}. The cluster elects a master when a majority of them is there.`,
    );
    return;
  }
  const { log } = nodePaths(facts.dataDir);
  const { token, gossipKey, authority } = facts.key;
  const lines = ((await connection.readTail(log, logTailBytes)) ?? "").trimEnd().split("\n");
  const tail = redact(lines.slice(-logTailLines).join("\n"), [
    token,
    gossipKey,
    authority.privateKey,
  ]);
  throw new PluginError(
    `Node '${facts.name}' did not come up`,
    `Waiting for the agent at ${apiOf(facts.address)}: ${outcome.reason}.\n\nLast lines of ${log}:\n${tail === "" ? "(nothing)" : tail}`,
  );
}

async function remove(
  context: OperationContext & { readonly providerData: ProviderData },
  state: NodeModel,
  deadline: Deadline,
): Promise<void> {
  const { local, nodeTiming } = context.providerData;
  const [cluster = ""] = present(state.id, "id").split("/");
  await explained(state.name, () =>
    removeNode({
      connection: local(),
      name: { cluster, node: state.name },
      paths: nodePaths(present(state.data_dir, "data_dir")),
      dockerSocket: state.docker_socket,
      timing: nodeTiming,
      deadline,
      note: (message) => {
        context.log.warn(`node ${state.name}: ${message}`);
      },
    }),
  );
}

/** The node's things lie elsewhere, or are another cluster's: they have to be removed before new ones are made. */
function isElsewhere(plan: NodeModel, state: NodeModel): boolean {
  const moved =
    plan.address !== state.address ||
    plan.data_dir !== state.data_dir ||
    plan.docker_socket !== state.docker_socket;
  // After an import the state has no key: the install looks itself whether the directory is of this cluster.
  if (moved || (state.cluster as string | null) === null) return moved;
  const [now, before] = [decodeJoinKey(plan.cluster), decodeJoinKey(state.cluster)];
  return (
    now.cluster !== before.cluster || now.authority.certificate !== before.authority.certificate
  );
}

function factsOf(plan: NodeModel): NodeFacts {
  return {
    name: plan.name,
    address: present(plan.address, "address"),
    dataDir: present(plan.data_dir, "data_dir"),
    dockerSocket: plan.docker_socket,
    resources: plan.resources,
    attributes: plan.attributes,
    key: decodeJoinKey(plan.cluster),
  };
}

function deadlineOf(context: OperationContext, model: NodeModel, operation: Operation): Deadline {
  return deadlineIn(timeoutMs(nodeTimeouts, model.timeouts, operation), context.signal);
}
