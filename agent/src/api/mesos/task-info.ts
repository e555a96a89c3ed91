import { nameSchema } from "../../contract/index";
import type { ContainerOptions } from "../../model/container";
import type { TaskSpec } from "../../model/task";
import { checkedOptions } from "./docker-parameters";
import { labelRecord } from "./framework-info";
import type { CommandInfo, KillPolicy, TaskInfo } from "./messages";
import { clip, TaskRefused } from "./refusal";
import { environmentOf, taskCommand } from "./task-command";
import { taskContainer } from "./task-container";
import { taskHealth } from "./task-health";
import { kernelTaskId } from "./task-id";
import { askedResources } from "./task-resources";

/** Whose task it is, and what the offers it is launched on are of; undefined: they are not held. */
export interface TaskOrigin {
  readonly framework: string;
  readonly node: string | undefined;
  readonly role: string | undefined;
}

/** Mesos' own, where nothing is said (src/docker/executor.cpp). */
const defaultKillGraceMs = 3000;
const longestKillGraceMs = 3_600_000;

/** Throws TaskRefused for what changes how a task runs and is not there. */
export function toTaskSpec(info: TaskInfo, origin: TaskOrigin): TaskSpec {
  refuseAbsent(info);
  refuseOtherNode(info, origin.node);
  const { container, health_check: check, command = {} } = info;
  const { cpus, memMiB, diskMiB, ports: held } = askedResources(info.resources ?? [], origin.role);
  const { image, network, ports, options, provision } = taskContainer(container, held);
  const { entrypoint, words } = taskCommand(command);
  const all = checkedOptions({ ...options, ...(entrypoint && { entrypoint }), ...userOf(command) });
  return {
    id: kernelTaskId(origin.framework, info.task_id.value),
    framework: origin.framework,
    role: origin.role,
    image,
    command: words,
    // Its own id, not the kernel's; what it says itself wins.
    env: { MESOS_TASK_ID: info.task_id.value, ...environmentOf(command.environment) },
    labels: labelsOf(info),
    cpus,
    memMiB,
    ...(diskMiB === 0 ? {} : { diskMiB }),
    ports,
    network,
    health: check && taskHealth(check, ports),
    killGraceMs: killGraceMs(info.kill_policy),
    container: Object.keys(all).length === 0 ? undefined : all,
    ...(provision && { provision }),
    catalogName: catalogName(info),
  };
}

function refuseOtherNode({ agent_id: agent }: TaskInfo, node: string | undefined): void {
  if (node === undefined || agent.value === node) return;
  throw new TaskRefused(
    `agent_id is '${clip(agent.value)}', the offer is of '${node}': must be equal`,
  );
}

/** FrameworkInfo.user is not meant for images, in Mesos either. */
function userOf({ user = "" }: CommandInfo): ContainerOptions {
  return user === "" ? {} : { user };
}

function refuseAbsent(info: TaskInfo): void {
  const { command, executor, limits = {} } = info;
  if (executor !== undefined)
    throw new TaskRefused("there are no executors: give the task a command and a container");
  if (command === undefined) throw new TaskRefused("a task must have a command");
  if ((command.uris ?? []).length > 0)
    throw new TaskRefused("command.uris: there is no fetcher, put it into the image or a volume");
  if (info.check !== undefined)
    throw new TaskRefused("check is not there: health_check is, and `covey exec`");
  if (info.max_completion_time !== undefined)
    throw new TaskRefused("max_completion_time is not there: kill the task when it is over");
  if (Object.keys(limits).length > 0)
    throw new TaskRefused("limits are not there: a task may use what its resources say");
}

function labelsOf(info: TaskInfo): Record<string, string> {
  const labels = labelRecord(info.labels);
  const ours = Object.keys(labels).find((key) => key.startsWith("covey."));
  if (ours === undefined) return labels;
  throw new TaskRefused(`label '${clip(ours)}': labels in covey. are Covey's own`);
}

function killGraceMs(policy: KillPolicy | undefined): number {
  const nanoseconds = policy?.grace_period?.nanoseconds;
  if (nanoseconds === undefined) return defaultKillGraceMs;
  const milliseconds = Math.ceil(nanoseconds / 1e6);
  if (nanoseconds >= 0 && milliseconds <= longestKillGraceMs) return milliseconds;
  throw new TaskRefused(`kill_policy.grace_period is ${nanoseconds} ns: must be from 0 to an hour`);
}

/** What the catalog shows as NAME.service.consul. */
function catalogName({ discovery }: TaskInfo): string | undefined {
  const name = discovery?.name;
  if (name === undefined || name === "") return undefined;
  const { success } = nameSchema.safeParse(name);
  if (success && name !== "covey" && name !== "consul") return name;
  throw new TaskRefused(
    `discovery.name '${clip(name)}' cannot be a name of the catalog: must be a DNS label of a-z, 0-9 and '-', and neither covey nor consul`,
  );
}
