import type { AgentMessage, MasterMessage } from "../../ports/master-link";
import { decodeNodeInfo, encodeNodeInfo } from "./node-codec";
import {
  decodeTaskRecord,
  decodeTaskSpec,
  decodeTaskStatus,
  encodeReportedSpec,
  encodeTaskRecord,
  encodeTaskSpec,
  encodeTaskStatus,
} from "./task-codec";
import { WireError, WireMessage } from "./wire";

export function encodeAgentMessage(message: AgentMessage): object {
  switch (message.kind) {
    case "attach":
      return {
        attach: { node: encodeNodeInfo(message.node), tasks: message.tasks.map(encodeTaskRecord) },
      };
    case "status":
      return {
        status: {
          status: encodeTaskStatus(message.status),
          spec: encodeReportedSpec(message.spec),
        },
      };
    case "health":
      return { health: { unhealthy: message.unhealthy } };
  }
}

/** Throws WireError. */
export function decodeAgentMessage(value: unknown): AgentMessage {
  const wire = new WireMessage(value, "AgentMessage");
  if (wire.has("attach")) {
    const attach = wire.message("attach");
    const node = decodeNodeInfo(attach.message("node"));
    return { kind: "attach", node, tasks: attach.messages("tasks").map(decodeTaskRecord) };
  }
  if (wire.has("status")) {
    const report = wire.message("status");
    const status = decodeTaskStatus(report.message("status"));
    return { kind: "status", status, spec: decodeTaskSpec(report.message("spec")) };
  }
  if (wire.has("health")) {
    const health = wire.message("health");
    return {
      kind: "health",
      unhealthy: health.optional("unhealthy", (field) => health.text(field)),
    };
  }
  throw new WireError("AgentMessage is of a kind this version does not know");
}

export function encodeMasterMessage(message: MasterMessage): object {
  const { term } = message;
  switch (message.kind) {
    case "attached":
      return { term, attached: {} };
    case "launch":
      return { term, launch: { spec: encodeTaskSpec(message.spec) } };
    case "kill":
      return { term, kill: { taskId: message.taskId, reason: message.reason } };
    case "acknowledge":
      return { term, acknowledge: { taskId: message.taskId, uuid: message.uuid } };
  }
}

/** Throws WireError. */
export function decodeMasterMessage(value: unknown): MasterMessage {
  const wire = new WireMessage(value, "MasterMessage");
  const term = wire.integer("term");
  if (wire.has("attached")) return { kind: "attached", term };
  if (wire.has("launch"))
    return { kind: "launch", term, spec: decodeTaskSpec(wire.message("launch").message("spec")) };
  if (wire.has("kill")) {
    const kill = wire.message("kill");
    return { kind: "kill", term, taskId: kill.filled("taskId"), reason: kill.text("reason") };
  }
  if (wire.has("acknowledge")) {
    const taken = wire.message("acknowledge");
    return { kind: "acknowledge", term, taskId: taken.filled("taskId"), uuid: taken.text("uuid") };
  }
  throw new WireError("MasterMessage is of a kind this version does not know");
}
