import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { coveyDir } from "../paths";
import { clusterDir } from "./remains";

const logsDir = join(coveyDir, "demo-logs");

/** Copies the agents' logs out before their directories are removed. @returns where to; undefined where there are none */
export function keepLogs(): string | undefined {
  if (!existsSync(clusterDir)) return undefined;
  rmSync(logsDir, { recursive: true, force: true });
  mkdirSync(logsDir, { recursive: true, mode: 0o700 });
  for (const node of readdirSync(clusterDir)) {
    const log = join(clusterDir, node, "agent.log");
    if (existsSync(log)) cpSync(log, join(logsDir, `${node}.log`));
  }
  return logsDir;
}
