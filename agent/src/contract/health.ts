import { z } from "zod";
import type { HealthCheck } from "../model/health";
import { limits } from "./limits";

const common = {
  kind: z.enum(["http", "tcp", "grpc", "command"]),
  /** Of all kinds but `command`. */
  port: z.string().min(1).optional(),
  path: z.string().startsWith("/").max(1024).default("/"),
  service: z.string().max(256).optional(),
  command: z.array(z.string()).min(1).max(limits.commandWords).optional(),
  intervalMs: z.number().int().min(100).max(3_600_000).default(1000),
  timeoutMs: z.number().int().min(50).max(60_000).default(1000),
  minSuccesses: z.number().int().min(1).max(100).optional(),
};

export const healthSchema = z.strictObject({
  ...common,
  graceMs: z.number().int().min(0).max(3_600_000).default(10_000),
  maxFailures: z.number().int().min(1).max(100).default(3),
});

/** Nothing is killed for it, so there is nothing to be patient about. */
export const readinessSchema = z.strictObject(common);

type Check = z.output<typeof healthSchema> | z.output<typeof readinessSchema>;

/** What is wrong with a check of a service that has these ports. */
export function checkProblems(
  check: Check | undefined,
  ports: readonly string[],
): readonly { readonly field: string; readonly message: string }[] {
  if (!check) return [];
  const { kind, port, command, service } = check;
  return [
    ...(kind === "command" ? ofCommand(check) : ofPort(port, ports, kind)),
    ...(kind !== "command" && command !== undefined
      ? [{ field: "command", message: `belongs to kind 'command', and this is '${kind}'` }]
      : []),
    ...(kind !== "grpc" && service !== undefined
      ? [{ field: "service", message: `belongs to kind 'grpc', and this is '${kind}'` }]
      : []),
  ];
}

function ofCommand({ command, port }: Check): { field: string; message: string }[] {
  return [
    ...(command === undefined ? [{ field: "command", message: "must say what is run" }] : []),
    ...(port === undefined
      ? []
      : [{ field: "port", message: "a command asks no port: leave it out" }]),
  ];
}

function ofPort(
  port: string | undefined,
  ports: readonly string[],
  kind: string,
): { field: string; message: string }[] {
  if (port === undefined) return [{ field: "port", message: `kind '${kind}' needs one` }];
  if (ports.includes(port)) return [];
  const has = ports.length > 0 ? ports.join(", ") : "none";
  return [{ field: "port", message: `'${port}' is no port of this service; it has ${has}` }];
}

/** Readiness gets a grace, in which it is asked quickly, and its first failure counts. */
export function toHealthCheck(check: Check): HealthCheck {
  return { graceMs: 10_000, maxFailures: 1, ...check, port: check.port ?? "" };
}
