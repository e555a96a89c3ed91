import type { AgentControl } from "../../ports/control";
import { defaultPorts } from "../../contract/index";
import type { MasterInfo } from "./messages";

/** Of the agent that is asked, and is the master in this term. */
export function masterInfo(agent: AgentControl, term: number): MasterInfo {
  const { node, version } = agent.status();
  const view = agent.master()?.view;
  const address = view?.address ?? "127.0.0.1";
  const port = view === undefined ? defaultPorts.api : Number(new URL(view.api).port || 443);
  return {
    id: `${node}-${term}`,
    ip: asLibprocessHasIt(address),
    port,
    pid: `master@${address}:${port}`,
    hostname: address,
    version,
    address: { hostname: address, ip: address, port },
  };
}

/** The four bytes in network order, read as a number by a little-endian machine. */
function asLibprocessHasIt(address: string): number {
  const bytes = address.split(".").map(Number);
  return bytes.length === 4 && bytes.every((byte) => 0 <= byte && byte <= 255)
    ? Buffer.from(bytes).readUInt32LE()
    : 0;
}
