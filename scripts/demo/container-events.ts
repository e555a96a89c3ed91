import { spawn } from "node:child_process";
import { dockerSocket } from "../paths";

export interface ContainerStart {
  readonly id: string;
  /** Wall clock of Docker, in ms. */
  readonly atMs: number;
}

export interface StartWatch {
  /** Grows while it watches. */
  readonly seen: readonly ContainerStart[];
  close(): void;
}

/** Docker's own word on when containers of a cluster started: not slowed by how often one asks. */
export function watchStarts(cluster: string): StartWatch {
  const seen: ContainerStart[] = [];
  // Docker replays from `since`, so that nothing is missed between here and its first line.
  const since = String(Math.floor(Date.now() / 1000) - 1);
  const filters = ["type=container", "event=start", `label=covey.cluster=${cluster}`];
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
      const event = parseStart(line);
      if (event) seen.push(event);
    }
  });
  return { seen, close: () => child.kill("SIGKILL") };
}

export function parseStart(line: string): ContainerStart | undefined {
  if (line.trim() === "") return undefined;
  const event = JSON.parse(line) as { id?: string; timeNano?: number; Actor?: { ID?: string } };
  const id = event.Actor?.ID ?? event.id;
  if (id === undefined || event.timeNano === undefined) return undefined;
  return { id, atMs: event.timeNano / 1e6 };
}
