import type { ApiClient, CallOptions, TaskStatsView, TaskView } from "../contract/index";
import type { Question } from "./question";
import { cell, table } from "./table";

/** Tasks asked side by side. */
const atOnce = 16;

interface Used {
  readonly task: TaskView;
  /** undefined: its agent did not say. */
  readonly stats: TaskStatsView | undefined;
}

export function topQuestion(service: string | undefined): Question<readonly Used[]> {
  return { ask: (client, call) => askAll(client, service, call), show };
}

/** One that cannot be asked spoils not the others: it may be ending. */
async function askAll(
  client: ApiClient,
  service: string | undefined,
  call: CallOptions,
): Promise<readonly Used[]> {
  const tasks = await client.tasks(service, call);
  const left = tasks.filter(({ state }) => state === "TASK_RUNNING" || state === "TASK_KILLING");
  const used: Used[] = [];
  const one = async (): Promise<void> => {
    for (let task = left.shift(); task; task = left.shift())
      used.push({ task, stats: await client.taskStats(task.id, call).catch(() => undefined) });
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return used.sort((a, b) => (b.stats?.cpus ?? -1) - (a.stats?.cpus ?? -1));
}

function show(used: readonly Used[]): string {
  return table(
    ["TASK", "SERVICE", "NODE", "CPUS", "MEMORY", "LIMIT", "PROCESSES"],
    used.map(({ task, stats }) => [
      task.id,
      cell(task.service),
      task.node,
      cell(stats?.cpus.toFixed(2)),
      cell(stats && `${stats.memMiB.toFixed(1)} MiB`),
      cell(stats && `${stats.memLimitMiB.toFixed(0)} MiB`),
      cell(stats && String(stats.pids)),
    ]),
  );
}
