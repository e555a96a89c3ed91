import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** go-plugin's environment as Terraform 1.11 sets it, less the certificate: start-up is what is measured. */
const pluginEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  PLUGIN_MIN_PORT: "10000",
  PLUGIN_MAX_PORT: "25000",
};

const deadlineMs = 20_000;

/** From spawn to the whole handshake line on stdout, in ms. `clientCertificate` is a PEM. */
export async function timeHandshake(bundle: string, clientCertificate: string): Promise<number> {
  const temporary = mkdtempSync(join(tmpdir(), "covey-bench-"));
  const startedMs = performance.now();
  const child = spawn(bundle, [], {
    env: {
      ...process.env,
      ...pluginEnvironment,
      PLUGIN_CLIENT_CERT: clientCertificate,
      TMPDIR: temporary,
    },
    stdio: ["pipe", "pipe", "ignore"],
    signal: AbortSignal.timeout(deadlineMs),
  });
  const ended = once(child, "close");
  try {
    let line = "";
    for await (const chunk of child.stdout) {
      line += String(chunk);
      if (line.includes("\n")) break;
    }
    const elapsedMs = performance.now() - startedMs;
    if (!/^1\|6\|unix\|[^|]+\|grpc\|[A-Za-z0-9+/]+/.test(line))
      throw new Error(`${bundle} answered no handshake but '${line.slice(0, 200)}'`);
    return elapsedMs;
  } finally {
    child.kill("SIGKILL");
    await ended.catch(() => undefined);
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The floor: this machine's `node -e 0`. */
export async function timeBareNode(): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
  await once(child, "close");
  return performance.now() - startedMs;
}
