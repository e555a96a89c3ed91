import { spawn } from "node:child_process";
import { dockerSocket } from "../paths";

export interface ContainerEventSeen {
  readonly action: "kill" | "start";
  readonly id: string;
  /** Wall clock of Docker, in ms. */
  readonly atMs: number;
}

export interface EventWatch {
  /** Grows while it watches. */
  readonly seen: readonly ContainerEventSeen[];
  close(): void;
}

/** Docker's own word on when containers of a cluster were killed and started: not slowed by how often one asks. */
export function watchContainers(cluster: string): EventWatch {
  const seen: ContainerEventSeen[] = [];
  // Docker replays from `since`, so that nothing is missed between here and its first line.
  const since = String(Math.floor(Date.now() / 1000) - 1);
  const filters = ["type=container", "event=start", "event=kill", `label=covey.cluster=${cluster}`];
  const child = spawn(
    "docker",
    [
      "-H",
      `unix://${dockerSocket}`,
      "events",
      "--since",
      since,
      "--format",
      "{{json .}}",
      ...filters.flatMap((filter) => ["--filter", filter]),
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  child.on("error", () => undefined);
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = parseEvent(line);
      if (event) seen.push(event);
    }
  });
  return { seen, close: () => child.kill("SIGKILL") };
}

/** undefined: none of the two. */
export function parseEvent(line: string): ContainerEventSeen | undefined {
  if (line.trim() === "") return undefined;
  const event = JSON.parse(line) as {
    Action?: string;
    id?: string;
    timeNano?: number;
    Actor?: { ID?: string };
  };
  const id = event.Actor?.ID ?? event.id;
  const { Action: action, timeNano } = event;
  if (id === undefined || timeNano === undefined) return undefined;
  return action === "kill" || action === "start" ? { action, id, atMs: timeNano / 1e6 } : undefined;
}
