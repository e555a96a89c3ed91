import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";

/** Of the consul program; says which settings it knows. */
export interface ConsulVersion {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

const versionDeadlineMs = 10_000;
const oldestMinor = 8;

/**
 * Asks the program for its version. Throws Error naming it and the way out where it is missing, cannot be run,
 * or is not one we know how to configure (1.8 up to the last 1.x).
 */
export async function readConsulVersion(binary: string): Promise<ConsulVersion> {
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    throw new Error(
      `consul program ${binary} is missing or not executable: install Consul there, or set consul.binary to where it is`,
    );
  }
  const version = parseVersion(await runVersion(binary));
  if (version === undefined)
    throw new Error(`${binary} does not say it is Consul: set consul.binary to a consul program`);
  if (version.major !== 1 || version.minor < oldestMinor)
    throw new Error(
      `${binary} is Consul ${version.text}: from 1.${oldestMinor} to the last 1.x can be managed; install such a one`,
    );
  return version;
}

/** First line: `Consul v1.8.7` or `Consul v1.16.2+ent`. */
export function parseVersion(output: string): ConsulVersion | undefined {
  const found = /^Consul v((\d+)\.(\d+)\.\S+)/m.exec(output);
  if (!found) return undefined;
  return { text: found[1] ?? "", major: Number(found[2]), minor: Number(found[3]) };
}

export function isAtLeast(version: ConsulVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

function runVersion(binary: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: versionDeadlineMs, maxBuffer: 64 * 1024, env: {} };
    execFile(binary, ["version"], options, (error, stdout) => {
      if (error)
        reject(
          new Error(
            `${binary} cannot be run (${error.message.trim()}): install a Consul for this machine`,
            { cause: error },
          ),
        );
      else resolve(stdout);
    });
  });
}
