import type { MesosCall, MesosCallType, MesosFrameworkInfo, Value } from "./messages";

/** The part of a call that its type asks for (src/master/validation.cpp, `scheduler::call::validate`). */
const parts: Readonly<Record<MesosCallType, keyof MesosCall | undefined>> = {
  UNKNOWN: undefined,
  SUBSCRIBE: "subscribe",
  TEARDOWN: undefined,
  ACCEPT: "accept",
  DECLINE: "decline",
  ACCEPT_INVERSE_OFFERS: "accept_inverse_offers",
  DECLINE_INVERSE_OFFERS: "decline_inverse_offers",
  REVIVE: undefined,
  KILL: "kill",
  SHUTDOWN: "shutdown",
  ACKNOWLEDGE: "acknowledge",
  ACKNOWLEDGE_OPERATION_STATUS: "acknowledge_operation_status",
  RECONCILE: "reconcile",
  RECONCILE_OPERATIONS: "reconcile_operations",
  MESSAGE: "message",
  REQUEST: "request",
  SUPPRESS: undefined,
  UPDATE_FRAMEWORK: "update_framework",
};

/** What is wrong with a call as a whole, in Mesos' words; undefined: nothing. */
export function callProblem(call: MesosCall, principal: string | undefined): string | undefined {
  if (call.type === undefined) return "Expecting 'type' to be present";
  const part = parts[call.type];
  if (part !== undefined && call[part] === undefined) return `Expecting '${part}' to be present`;
  const id = valueOf(call.framework_id);
  if (id === "" && call.type !== "SUBSCRIBE") return "Expecting 'framework_id' to be present";
  if (call.type !== "SUBSCRIBE" && call.type !== "UPDATE_FRAMEWORK") return undefined;
  const info = infoOf(call);
  if (id !== valueOf(info?.id)) return `'framework_id' differs from '${part}.framework_info.id'`;
  return principalProblem(info?.principal ?? "", principal);
}

function valueOf(id: Value | undefined): string {
  return id?.value ?? "";
}

function principalProblem(declared: string, principal: string | undefined): string | undefined {
  return principal === undefined || declared === "" || declared === principal
    ? undefined
    : `Authenticated principal '${principal}' does not match principal '${declared}' set in \`FrameworkInfo\``;
}

function infoOf({ type, subscribe, update_framework }: MesosCall): MesosFrameworkInfo | undefined {
  return (type === "SUBSCRIBE" ? subscribe : update_framework)?.framework_info;
}
