/** Where a task is asked about: the agent that has it answers, the others say which that is. */
import { ContainerError } from "../../ports/containers";
import type { Control } from "../../ports/control";
import { clip, refuse } from "./problems";
import { findMaster } from "./to-master";

const idRule = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}$/;

/** Throws ProblemError where it cannot be one. */
export function taskId(id: string): string {
  if (idRule.test(id)) return id;
  throw refuse(400, "bad-request", `'${clip(id)}' is no task's id`, {
    field: "id",
    rule: "1 to 200 of A-Z, a-z, 0-9, '_', '.', '-'",
  });
}

/**
 * The URL at another agent for a task that is not here. The master knows which node has the task; everybody knows the master.
 * `at` is the node a redirect has named already. Throws ProblemError where nobody has it.
 */
export function otherPlace(
  control: Control,
  path: string,
  { id, at }: { readonly id: string; readonly at: string | undefined },
): string {
  const { agent } = control;
  const { node } = agent.status();
  if (at === node) throw gone(id, node);
  const where = findMaster(control);
  if (where.kind === "elsewhere") return `${where.api}${path}`;
  const task = where.master.tasks().find((one) => one.id === id);
  if (!task)
    throw refuse(404, "not-found", `there is no task '${clip(id)}'; GET /v1/tasks lists them`);
  const api = task.node === node ? undefined : agent.apiOf(task.node);
  if (api === undefined) throw gone(id, task.node);
  const url = new URL(path, api);
  url.searchParams.set("at", task.node);
  return url.href;
}

function gone(id: string, node: string): Error {
  return refuse(
    404,
    "not-found",
    `task '${clip(id)}' has no container on ${node}: it has not begun, or has ended and was removed`,
  );
}

/** What the engine refuses, as an answer. Throws ProblemError. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error;
    throw refuse(503, "engine-unavailable", error.message, { headers: { "retry-after": "5" } });
  }
}
