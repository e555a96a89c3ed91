import { Keeper, nodePaths, reasonOf } from "../../connection";
import type { Connection } from "../../connection";
import { isUnknown, PluginError, present, UNKNOWN, withProviderData } from "../../plugin";
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
import { explained, operationOf } from "./explained";
import { importNode } from "./import-node";
import { installNode, prepareNode } from "./install-node";
import type { InstallOptions, Prepared } from "./install-node";
import { planNode } from "./node-plan";
import type { PlannedHashes } from "./node-plan";
import { readNode } from "./read-node";
import { removeNode } from "./remove-node";
import { nameOf, nodeSchema } from "./schema";
import type { NodeModel, NodePlan } from "./schema";
import { isSameTarget, targetOf } from "./target";

const defaultTimeoutMs = 120_000;

type Write = WriteContext<typeof nodeSchema, ProviderData>;

/** A machine of a cluster, from its preconditions to the last file. */
export const nodeResource = withProviderData<ProviderData>().resource({
  type: "covey_node",
  schema: nodeSchema,

  create: (context, plan) => settle(context, plan, "create"),

  read: (context, state) => readNode(context, state),

  async update(context, plan, state) {
    if (isElsewhere(plan, state)) {
      await remove(context, state, deadlineOf(context, plan, "update"));
      context.saveState({ ...plan, status: "down" });
    }
    return settle(context, plan, "update");
  },

  delete: (context, state) => remove(context, state, deadlineOf(context, state, "delete")),

  import: (context, id) => importNode(context, id),

  async modifyPlan(context, request) {
    const planned = planNode(request, await plannedHashes(context.providerData, request.config));
    if (planned.kind === "plan") return planned.plan;
    const { summary, detail, path } = planned.problem;
    throw new PluginError(summary, detail, path);
  },
});

/** A program that cannot be read is told of at its attribute, before anything is done. */
async function plannedHashes(data: ProviderData, config: NodePlan): Promise<PlannedHashes> {
  const agent = await data.bundle.hash();
  const { runtime } = config;
  if (isUnknown(runtime)) return { agent, runtime: UNKNOWN };
  try {
    return { agent, runtime: await data.programHash(runtime ?? data.ownRuntime) };
  } catch (error) {
    throw new PluginError(
      "Node.js program cannot be read",
      `runtime: ${reasonOf(error)}. Give the path of a Node.js program on the machine Terraform runs on.`,
      ["runtime"],
      { cause: error },
    );
  }
}

/** Makes the machine what the plan says and waits for the cluster to have it. */
async function settle(context: Write, plan: NodeModel, operation: Operation): Promise<NodeModel> {
  const { machines } = context.providerData;
  const result = { ...plan, status: "alive" };
  await explained(plan.name, () =>
    machines.use(targetOf(plan), operationOf(context), async (connection) => {
      const options = await installOptions(context, plan, connection);
      context.log.info(`node ${plan.name}: checking ${connection.description}`);
      const prepared = await prepareNode(options);
      // From here on there is something to remove: an interrupted create leaves a tainted node, never an orphan.
      context.saveState({ ...result, status: "down" });
      context.log.info(`node ${plan.name}: installing on ${connection.description}`);
      await installNode(options, prepared);
      // Each step of the installation has a deadline of its own; this one is for what the agent itself takes.
      const deadline = deadlineOf(context, plan, operation);
      deadline.throwIfInterrupted();
      context.log.info(`node ${plan.name}: waiting until the cluster has it`);
      await awaited(context, options, prepared, deadline);
    }),
  );
  return result;
}

async function installOptions(
  context: Write,
  plan: NodeModel,
  connection: Connection,
): Promise<InstallOptions> {
  const { bundle, now, ownRuntime, programHash } = context.providerData;
  const path = plan.runtime ?? ownRuntime;
  const own = { os: process.platform, arch: process.arch };
  return {
    connection,
    facts: factsOf(plan),
    bundle,
    runtime: {
      path,
      hash: await programHash(path),
      platform: plan.runtime === null ? own : undefined,
    },
    consulBinary: plan.consul_binary ?? undefined,
    now: now(),
    info: operationOf(context).info,
  };
}

async function awaited(
  context: Write,
  { connection, facts }: InstallOptions,
  { paths }: Prepared,
  deadline: Deadline,
): Promise<void> {
  const { key, address, name } = facts;
  const keeper = new Keeper(connection, paths, { cluster: key.cluster, node: name });
  const outcome = await awaitNode({
    keeper,
    access: {
      cluster: key.cluster,
      node: name,
      api: apiOf(address),
      token: key.token,
      ca: key.authority.certificate,
      voters: [],
    },
    timing: context.providerData.nodeTiming,
    deadline,
  });
  await judge(context, outcome, facts, keeper);
}

async function judge(
  context: OperationContext,
  outcome: Outcome,
  facts: NodeFacts,
  keeper: Keeper,
): Promise<void> {
  if (outcome.kind === "attached") return;
  if (outcome.kind === "alone") {
    context.diagnostics.warn(
      `Node '${facts.name}' waits for other voters`,
      `Its agent is up, waiting for other voters: ${outcome.missing.join(", ")}. The cluster elects a master when a majority of them is there.`,
    );
    return;
  }
  const { token, gossipKey, authority } = facts.key;
  const { where, text } = await keeper.lastWords();
  const tail = redact(text.trimEnd(), [token, gossipKey, authority.privateKey]);
  throw new PluginError(
    `Node '${facts.name}' did not come up`,
    `Waiting for the agent at ${apiOf(facts.address)}: ${outcome.reason}.\n\nLast lines of ${where}:\n${tail === "" ? "(nothing)" : tail}`,
  );
}

async function remove(
  context: OperationContext & { readonly providerData: ProviderData },
  state: NodeModel,
  deadline: Deadline,
): Promise<void> {
  const { machines, nodeTiming } = context.providerData;
  await explained(state.name, () =>
    machines.use(targetOf(state), operationOf(context), (connection) =>
      removeNode({
        connection,
        name: nameOf(state),
        paths: nodePaths(present(state.data_dir, "data_dir")),
        dockerSocket: state.docker_socket,
        timing: nodeTiming,
        deadline,
        note: (message) => {
          context.log.warn(`node ${state.name}: ${message}`);
        },
      }),
    ),
  );
}

/** The node's things lie elsewhere, or are another cluster's: they have to be removed before new ones are made. */
function isElsewhere(plan: NodeModel, state: NodeModel): boolean {
  const moved =
    plan.address !== state.address ||
    plan.data_dir !== state.data_dir ||
    plan.docker_socket !== state.docker_socket ||
    !isSameTarget(targetOf(plan), targetOf(state));
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
  return deadlineIn(timeoutMs(model.timeouts, operation, defaultTimeoutMs), context.signal);
}
