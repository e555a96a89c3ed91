import type { NodeInfo } from "../../model/node-info";
import type { Resources } from "../../model/resources";
import { toPairs, type WireMessage } from "./wire";

export function encodeNodeInfo(node: NodeInfo): object {
  return { ...node, attributes: toPairs(node.attributes) };
}

/** Throws WireError. */
export function decodeNodeInfo(wire: WireMessage): NodeInfo {
  return {
    name: wire.filled("name"),
    address: wire.filled("address"),
    resources: decodeResources(wire.message("resources")),
    attributes: wire.pairs("attributes"),
    voter: wire.flag("voter"),
    version: wire.text("version"),
    unhealthy: wire.optional("unhealthy", (field) => wire.text(field)),
  };
}

function decodeResources(wire: WireMessage): Resources {
  return {
    cpus: wire.amount("cpus"),
    memMiB: wire.amount("memMiB"),
    diskMiB: wire.amount("diskMiB"),
    ports: wire
      .messages("ports")
      .map((range) => ({ begin: range.port("begin"), end: range.port("end") })),
  };
}
