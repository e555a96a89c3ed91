import type { FrameworkCapability, FrameworkInfo } from "../../model/framework";
import type { Labels, MesosFrameworkInfo } from "./messages";
import { CallRefused, clip } from "./refusal";

const known: readonly FrameworkCapability[] = [
  "TASK_KILLING_STATE",
  "GPU_RESOURCES",
  "PARTITION_AWARE",
  "MULTI_ROLE",
  "RESERVATION_REFINEMENT",
  "REGION_AWARE",
];

/** Throws CallRefused. The authenticated principal, where there is one, is the framework's. */
export function toFrameworkInfo(
  info: MesosFrameworkInfo,
  principal: string | undefined,
): FrameworkInfo {
  const named = (info.capabilities ?? []).map(({ type }) => type);
  const capabilities = known.filter((capability) => named.includes(capability));
  const declared = info.principal === "" ? undefined : info.principal;
  return {
    name: info.name,
    user: info.user,
    principal: principal ?? declared,
    roles: rolesOf(info, capabilities.includes("MULTI_ROLE")),
    capabilities,
    failoverTimeoutMs: failoverTimeoutMs(info.failover_timeout ?? 0),
    hostname: info.hostname ?? "",
    webuiUrl: info.webui_url ?? "",
    labels: labelRecord(info.labels),
  };
}

/** Mesos allows several labels of one key; the last one stands. */
export function labelRecord(labels: Labels | undefined): Record<string, string> {
  return Object.fromEntries((labels?.labels ?? []).map(({ key, value = "" }) => [key, value]));
}

/** As in src/master/validation.cpp, `framework::internal::validateRoles`. */
function rolesOf({ role, roles = [] }: MesosFrameworkInfo, multiRole: boolean): readonly string[] {
  if (!multiRole) {
    if (roles.length === 0) return [role ?? "*"];
    throw wrong("'FrameworkInfo.roles' must not be set without the MULTI_ROLE capability");
  }
  if (role !== undefined)
    throw wrong("'FrameworkInfo.role' must not be set with the MULTI_ROLE capability: use 'roles'");
  const twice = roles.find((one, index) => roles.indexOf(one) !== index);
  if (twice !== undefined)
    throw wrong(`'FrameworkInfo.roles' contains role '${clip(twice)}' twice`);
  return roles;
}

function failoverTimeoutMs(seconds: number): number {
  if (Number.isFinite(seconds) && seconds >= 0) return Math.round(seconds * 1000);
  throw wrong(`'FrameworkInfo.failover_timeout' is ${seconds}: it must be 0 or more seconds`);
}

function wrong(message: string): CallRefused {
  return new CallRefused(400, message);
}
