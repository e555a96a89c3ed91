import { nodePaths, removeRemains } from "../../connection";
import type { Connection } from "../../connection";
import { defaultPorts } from "@covey/agent/contract";
import { PluginError, present, withProviderData } from "../../plugin";
import type { OperationContext, WriteContext } from "../../plugin";
import { apiOf, decodeJoinKey } from "../keys/join-key";
import { redact } from "../redact";
import type { ProviderData } from "../provider-data";
import { timeoutMs } from "../timeouts";
import type { Operation } from "../timeouts";
import { deadlineIn } from "../waiting";
import type { Deadline } from "../waiting";
import type { NodeFacts } from "./agent-config";
import { awaitNode } from "./await-node";
import type { Outcome } from "./await-node";
import { makeContainer, nameOf } from "./container";
import { explained } from "./explained";
import { importNode } from "./import-node";
import { installNode, prepareNode } from "./install-node";
import type { Machine } from "./machine";
import { accessOf } from "./node-access";
import { planNode } from "./node-plan";
import { offeredResources } from "./offered-resources";
import { readNode } from "./read-node";
import { removeContainer } from "./remove-container";
import { removeNode } from "./remove-node";
import { nodeSchema } from "./schema";
import type { NodeModel } from "./schema";

const defaultTimeoutMs = 120_000;
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
  const { bundle, now, nodeTiming } = context.providerData;
  const facts = factsOf(plan);
  const result = { ...plan, status: "alive" };
  // Called where there is something to remove from then on: an interrupted create leaves a tainted node, never an orphan.
  const begin = (): void => {
    context.saveState({ ...result, status: "down" });
  };
  const machine = await explained(plan.name, () => machineOf(context, plan, deadline, begin));
  deadline.throwIfInterrupted();
  const { connection } = machine;
  const options = { ...machine, facts, bundle, now: now() };
  const prepared = await explained(plan.name, () => prepareNode(options));
  begin();
  await explained(plan.name, () => installNode(options, prepared));
  deadline.throwIfInterrupted();
  const access = accessOf(facts);
  const { paths } = prepared;
  const outcome = await awaitNode({ connection, paths, access, timing: nodeTiming, deadline });
  await judge(context, outcome, facts, connection);
  return result;
}

async function machineOf(
  context: Write,
  plan: NodeModel,
  deadline: Deadline,
  begin: () => void,
): Promise<Machine> {
  const { providerData: data, log } = context;
  if (plan.docker === null)
    return {
      connection: data.local(),
      runtime: plan.local?.runtime ?? process.execPath,
      consulBinary: plan.consul_binary ?? undefined,
    };
  return makeContainer({
    data,
    plan,
    docker: plan.docker,
    key: decodeJoinKey(plan.cluster),
    signal: deadline.signal,
    begin,
    note: (message) => {
      log.info(`node ${plan.name}: ${message}`);
    },
  });
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
  const hint =
    connection.description === "this machine"
      ? ""
      : ` The machine Terraform runs on must reach ${facts.address}:${defaultPorts.api}.`;
  throw new PluginError(
    `Node '${facts.name}' did not come up`,
    `Waiting for the agent at ${apiOf(facts.address)}: ${outcome.reason}.${hint}\n\nLast lines of ${log}:\n${tail === "" ? "(nothing)" : tail}`,
  );
}

async function remove(
  context: OperationContext & { readonly providerData: ProviderData },
  state: NodeModel,
  deadline: Deadline,
): Promise<void> {
  const { local, nodeTiming } = context.providerData;
  const common = {
    name: nameOf(state),
    timing: nodeTiming,
    deadline,
    note: (message: string) => {
      context.log.warn(`node ${state.name}: ${message}`);
    },
  };
  const paths = nodePaths(present(state.data_dir, "data_dir"));
  await explained(state.name, async () => {
    if (state.docker !== null) return removeContainer(common, state, state.docker);
    const connection = local();
    const remains = { name: common.name, paths, dockerSocket: state.docker_socket };
    const takeOff = (): Promise<void> => removeRemains(connection, remains);
    return removeNode({ ...common, connection, paths, takeOff });
  });
}

/** The node's things lie elsewhere, or are another cluster's: they have to be removed before new ones are made. */
function isElsewhere(plan: NodeModel, state: NodeModel): boolean {
  const moved =
    plan.address !== state.address ||
    plan.data_dir !== state.data_dir ||
    plan.docker_socket !== state.docker_socket ||
    plan.docker?.host !== state.docker?.host;
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
    resources: offeredResources(plan.resources, plan.docker),
    attributes: plan.attributes,
    key: decodeJoinKey(plan.cluster),
  };
}

function deadlineOf(context: OperationContext, model: NodeModel, operation: Operation): Deadline {
  return deadlineIn(timeoutMs(model.timeouts, operation, defaultTimeoutMs), context.signal);
}
