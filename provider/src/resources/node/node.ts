import { Keeper, nodePaths, reasonOf, removeRemains } from "../../connection";
import { defaultPorts } from "@covey/agent/contract";
import {
  isUnknown,
  PluginError,
  present,
  timeoutMs,
  UNKNOWN,
  withProviderData,
} from "../../plugin";
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
import { inContainer } from "./container";
import type { Machine } from "./container";
import { explained, operationOf } from "./explained";
import { importNode } from "./import-node";
import { installNode, prepareNode } from "./install-node";
import type { InstallOptions, Prepared } from "./install-node";
import { accessOf } from "./node-access";
import { planNode } from "./node-plan";
import type { PlannedHashes } from "./node-plan";
import { offeredResources } from "./offered-resources";
import { readNode } from "./read-node";
import { removeContainer } from "./remove-container";
import { removeNode } from "./remove-node";
import { nameOf, nodeSchema } from "./schema";
import type { NodeModel, NodePlan } from "./schema";
import { isSameTarget, targetOf } from "./target";

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
  const result = { ...plan, status: "alive" };
  // Called where there is something to remove from then on: an interrupted create leaves a tainted node, never an orphan.
  const begin = (): void => {
    context.saveState({ ...result, status: "down" });
  };
  await explained(plan.name, () =>
    onMachine(context, plan, begin, async (machine) => {
      const { connection } = machine;
      const options = await installOptions(context, plan, machine);
      context.log.info(`node ${plan.name}: checking ${connection.description}`);
      const prepared = await prepareNode(options);
      begin();
      context.log.info(`node ${plan.name}: installing on ${connection.description}`);
      const boot = await installNode(options, prepared);
      if (boot === "none" && operation === "create") warnOfBoot(context, plan, machine, prepared);
      // Each step of the installation has a deadline of its own; this one is for what the agent itself takes.
      const deadline = deadlineOf(context, plan, operation);
      deadline.throwIfInterrupted();
      context.log.info(`node ${plan.name}: waiting until the cluster has it`);
      await awaited(context, options, prepared, deadline);
    }),
  );
  return result;
}

function onMachine(
  context: Write,
  plan: NodeModel,
  begin: () => void,
  act: (machine: Machine) => Promise<void>,
): Promise<void> {
  const { docker, consul_binary } = plan;
  const operation = operationOf(context);
  if (docker !== null) return inContainer({ context, plan, docker, begin }, act);
  const { machines } = context.providerData;
  return machines.use(targetOf(plan), operation, (connection) =>
    act({ connection, consulBinary: consul_binary ?? undefined }),
  );
}

async function installOptions(
  context: Write,
  plan: NodeModel,
  { connection, consulBinary }: Machine,
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
    consulBinary,
    comesWithContainer: plan.docker !== null,
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
  const { key, name } = facts;
  const keeper = new Keeper(connection, paths, { cluster: key.cluster, node: name });
  const outcome = await awaitNode({
    keeper,
    access: accessOf(facts),
    timing: context.providerData.nodeTiming,
    deadline,
  });
  await judge(context, outcome, facts, keeper);
}

/** Nobody on the machine can be told to start the node. */
function warnOfBoot(
  context: Write,
  { name }: NodeModel,
  { connection }: Machine,
  { paths }: Prepared,
): void {
  context.diagnostics.warn(
    `Node '${name}' does not start with its machine`,
    `Neither systemd, OpenRC, a System V init nor a cron daemon runs on ${connection.description} that the user may have start it. When the machine restarts, the node is down until the next apply starts it. To change that, run a cron daemon there (Debian's package cron, others' cronie) and replace or update the node, or have whatever starts the machine run '/bin/sh ${paths.bootScript} start'.`,
  );
}

/** Of a machine that is not this one the firewall may be to blame, or an address that is not known here. */
function reachHint({ address }: NodeFacts): string {
  return ` The machine Terraform runs on must reach ${address}:${defaultPorts.api}.`;
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
    `Waiting for the agent at ${apiOf(facts.address)}: ${outcome.reason}.${reachHint(facts)}\n\nLast lines of ${where}:\n${tail === "" ? "(nothing)" : tail}`,
  );
}

async function remove(
  context: OperationContext & { readonly providerData: ProviderData },
  state: NodeModel,
  deadline: Deadline,
): Promise<void> {
  const { machines, nodeTiming } = context.providerData;
  const { docker, docker_socket: dockerSocket } = state;
  const common = {
    name: nameOf(state),
    timing: nodeTiming,
    deadline,
    note: (message: string): void => {
      context.log.warn(`node ${state.name}: ${message}`);
    },
  };
  const paths = nodePaths(present(state.data_dir, "data_dir"));
  await explained(state.name, () =>
    docker === null
      ? machines.use(targetOf(state), operationOf(context), (connection) => {
          const { name } = common;
          const takeOff = (): Promise<void> =>
            removeRemains(connection, { name, paths, dockerSocket });
          return removeNode({ ...common, connection, paths, takeOff });
        })
      : removeContainer(context, common, state, docker),
  );
}

/** The node's things lie elsewhere, or are another cluster's: they have to be removed before new ones are made. */
function isElsewhere(plan: NodeModel, state: NodeModel): boolean {
  const moved =
    plan.address !== state.address ||
    plan.data_dir !== state.data_dir ||
    plan.docker_socket !== state.docker_socket ||
    plan.docker?.host !== state.docker?.host ||
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
    resources: offeredResources(plan.resources, plan.docker),
    attributes: plan.attributes,
    key: decodeJoinKey(plan.cluster),
  };
}

function deadlineOf(context: OperationContext, model: NodeModel, operation: Operation): Deadline {
  return deadlineIn(timeoutMs(nodeTimeouts, model.timeouts, operation), context.signal);
}
