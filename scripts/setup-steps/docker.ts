import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attempt } from "../command";
import { coveyDir, dockerSocket } from "../paths";
import { waitFor } from "../wait";
import { say } from "./say";

const answersWithinMs = 60_000;

/** Starts Docker's daemon where none answers: by systemd where there is one, else detached, with log and pid in `.covey/`. */
export async function ensureDocker(): Promise<void> {
  if (await answers()) return;
  if (existsSync("/run/systemd/system")) {
    say("starting Docker (systemctl start docker)");
    await attempt("systemctl", ["start", "docker"]);
  } else if (!daemonIsComing()) startDetached();
  await waitFor(
    { what: `Docker to answer at ${dockerSocket}`, deadlineMs: answersWithinMs, everyMs: 100 },
    async () => ((await answers()) ? true : Promise.reject(new Error(lastOfLog()))),
  );
}

async function answers(): Promise<boolean> {
  const args = ["-H", `unix://${dockerSocket}`, "version", "--format", "{{.Server.Version}}"];
  return (await attempt("docker", args, { deadlineMs: 10_000 })).code === 0;
}

const pidFiles = [
  { file: "/var/run/docker.pid", program: "dockerd" },
  { file: "/var/run/docker/containerd/containerd.pid", program: "containerd" },
] as const;

/** A daemon that was started a moment ago (by its package's installation, say) has its pid file already. */
function daemonIsComing(): boolean {
  return holds(pidFiles[0]);
}

/** Whether the process that the file names is that program, and lives: a killed one may stay a zombie for long. */
function holds({ file, program }: (typeof pidFiles)[number]): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return isLiveProgram(readFileSync(`/proc/${pid}/stat`, "utf8"), program);
  } catch {
    return false;
  }
}

/** Of `/proc/PID/stat`: `PID (NAME) STATE ...`. */
export function isLiveProgram(stat: string, program: string): boolean {
  const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
  const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  return name === program && !["Z", "X"].includes(state);
}

/** A daemon that was killed leaves its pid file; where the number is another process's by now, none would start again. */
function removeStalePidFiles(): void {
  for (const one of pidFiles) if (!holds(one)) rmSync(one.file, { force: true });
}

function startDetached(): void {
  removeStalePidFiles();
  const log = openSync(logFile(), "a");
  const daemon = spawn("dockerd", ["-H", `unix://${dockerSocket}`], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  daemon.on("error", () => undefined);
  daemon.unref();
  if (daemon.pid === undefined) return;
  writeFileSync(join(coveyDir, "dockerd.pid"), `${daemon.pid}\n`);
  say(`started dockerd (process ${daemon.pid}, log .covey/dockerd.log)`);
}

function logFile(): string {
  return join(coveyDir, "dockerd.log");
}

function lastOfLog(): string {
  if (!existsSync(logFile())) return "";
  return readFileSync(logFile(), "utf8").trim().split("\n").slice(-3).join("\n");
}
