import { TaskRefused } from "./refusal";

/** What is the name of a container may be this long. */
const longest = 200;

/**
 * A Mesos task id is unique in its framework only and may hold nearly any character; the kernel's is unique in the cluster
 * and part of a container's name. So the framework's id goes before it, and what a name cannot hold is written `_xHEX_`.
 * Throws TaskRefused.
 */
export function kernelTaskId(framework: string, taskId: string): string {
  // As in src/common/validation.cpp, `validateID`.
  if (taskId === "" || taskId === "." || taskId === ".." || /[/\\\p{Cc}]/u.test(taskId))
    throw new TaskRefused(
      "task_id must not be empty, '.' or '..', nor hold '/', '\\' or control characters",
    );
  const id = `${framework}.${taskId.replaceAll(/_(?=x)|[^A-Za-z0-9._-]/gu, escaped)}`;
  if (id.length <= longest) return id;
  throw new TaskRefused(
    `task_id is too long: with the framework's id, and characters other than A-Z, a-z, 0-9, '.', '_' and '-' written as _xHEX_, it has ${id.length} characters, and ${longest} is the most for the name of a container`,
  );
}

export function mesosTaskId(framework: string, taskId: string): string {
  const own = taskId.startsWith(`${framework}.`) ? taskId.slice(framework.length + 1) : taskId;
  return own.replaceAll(/_x([0-9a-f]+)_/g, (_all, hex: string) =>
    Buffer.from(hex, "hex").toString(),
  );
}

function escaped(character: string): string {
  return `_x${Buffer.from(character).toString("hex")}_`;
}
