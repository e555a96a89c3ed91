/**
 * Tests against the real thing: where it is not there they are skipped, visibly, on a laptop, and fail in CI, so that
 * nobody takes a green run for one that tried.
 */
import { spawnSync } from "node:child_process";

/** Under another name, so that the linter does not take this file for a test. */
const suite = globalThis.describe;
const check = globalThis.it;

/** undefined: it is there; else what is missing and how to get it. */
export type ToolProbe = () => string | undefined;

/** `describe`, if the tool that it needs is there. */
export function describeWith(
  tool: string,
  probe: ToolProbe,
  title: string,
  tests: () => void,
): void {
  const missing = probe();
  if (missing === undefined) {
    suite(title, tests);
    return;
  }
  const isCi = (process.env["CI"] ?? "") !== "";
  (isCi ? suite : suite.skip)(`${title} (needs ${tool})`, () => {
    check(`is tried: ${missing}`, () => {
      throw new Error(missing);
    });
  });
}

/** Whether a Docker engine answers on its default socket. */
export const dockerProbe: ToolProbe = programProbe(
  "docker",
  ["version", "--format", "{{.Server.Version}}"],
  "no Docker engine answers on /var/run/docker.sock; install docker.io and start dockerd",
);

/** Whether Google's compiler for Protocol Buffers is there. */
export const protocProbe: ToolProbe = programProbe(
  "protoc",
  ["--version"],
  "protoc is not on PATH; install protobuf-compiler",
);

/** Whether a program answers to `args` with exit code 0. */
function programProbe(program: string, args: readonly string[], hint: string): ToolProbe {
  return () =>
    spawnSync(program, args, { stdio: "ignore", timeout: 10_000 }).status === 0 ? undefined : hint;
}
