import type { ContainerInspectInfo } from "dockerode";
import type { FoundContainer } from "../../ports/containers";
import { decodeSpec, label } from "./spec-label";

/** Exit code of a process that the kernel's OOM killer took: 128 + KILL. */
const killed = 137;

/** `sawOom`: the engine has told of an OOM in this container. Its main process may have ended otherwise. */
export function endedByOom(sawOom: boolean, exitCode: number): boolean {
  return sawOom && exitCode === killed;
}

/**
 * A container as `docker inspect` shows it. With an init as PID 1 the engine's own `OOMKilled` misses what happened to
 * the process below it; `sawOom` says that the engine has told of it. Throws where its labels are not a task's.
 */
export function foundContainer(info: ContainerInspectInfo, sawOom: boolean): FoundContainer {
  const { State: state, Config: config } = info;
  const ended = stateOf(state.Status) === "exited";
  return {
    id: info.Id,
    spec: decodeSpec(config.Labels[label.spec] ?? "", config.Env),
    state: stateOf(state.Status),
    exitCode: ended ? state.ExitCode : undefined,
    oomKilled: state.OOMKilled || (ended && endedByOom(sawOom, state.ExitCode)),
    startedAtMs: startedAt(state.StartedAt),
    error: state.Error,
  };
}

/** Paused and restarting ones are running as far as their task is concerned; what is being removed has ended. */
function stateOf(status: string): FoundContainer["state"] {
  if (status === "created") return "created";
  return ["running", "paused", "restarting"].includes(status) ? "running" : "exited";
}

/** Docker gives year 1 for a container that was never started. */
function startedAt(text: string): number | undefined {
  const atMs = Date.parse(text);
  return Number.isFinite(atMs) && atMs > 0 ? atMs : undefined;
}
