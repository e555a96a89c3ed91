import type { TaskSpec } from "../model/task";
import type { TaskReport } from "./step";

/** A container as `decide` sees it. */
export interface ContainerView {
  readonly id: string;
  readonly state: "created" | "running" | "exited";
  readonly exitCode: number | undefined;
  readonly oomKilled: boolean;
  /** What the engine said when it could not be started; '' otherwise. */
  readonly error: string;
}

/** What the end of a container that nobody asked to end means for its task. */
export function outcomeOf(spec: TaskSpec, container: ContainerView): TaskReport {
  const exitCode = container.exitCode;
  if (container.error !== "")
    return failed("container-start-failed", `could not be started: ${container.error}`, exitCode);
  if (container.oomKilled)
    return failed(
      "container-oom",
      `killed by the kernel: it used more than its ${spec.memMiB} MiB of memory; give it more`,
      exitCode,
    );
  if (exitCode === 0)
    return {
      state: "TASK_FINISHED",
      reason: undefined,
      message: "ended with exit code 0",
      exitCode,
    };
  return failed("container-exited", describeExit(exitCode), exitCode);
}

function failed(
  reason: NonNullable<TaskReport["reason"]>,
  message: string,
  exitCode: number | undefined,
): TaskReport {
  return { state: "TASK_FAILED", reason, message, exitCode };
}

const signals: ReadonlyMap<number, string> = new Map([
  [1, "HUP"],
  [2, "INT"],
  [3, "QUIT"],
  [4, "ILL"],
  [6, "ABRT"],
  [7, "BUS"],
  [8, "FPE"],
  [9, "KILL"],
  [11, "SEGV"],
  [13, "PIPE"],
  [15, "TERM"],
]);

/** Shells and container engines give 128 + n for death by signal n, 126 and 127 for a command that cannot run. */
function describeExit(exitCode: number | undefined): string {
  if (exitCode === undefined) return "ended; the container engine did not say how";
  if (exitCode === 126) return "ended with exit code 126: its command is not executable";
  if (exitCode === 127) return "ended with exit code 127: its command was not found in the image";
  const signal = signals.get(exitCode - 128);
  return signal === undefined
    ? `ended with exit code ${exitCode}`
    : `ended with exit code ${exitCode}: signal ${signal}`;
}
