import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
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

/** A daemon that was started a moment ago (by its package's installation, say) has its pid file already. */
function daemonIsComing(): boolean {
  try {
    const pid = Number(readFileSync("/var/run/docker.pid", "utf8"));
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "dockerd";
  } catch {
    return false;
  }
}

function startDetached(): void {
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
