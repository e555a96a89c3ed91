import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";

/** At most as many as the system's own resolver uses. */
const maxRecursors = 3;

/** The resolvers of /etc/resolv.conf (IPv4), without our own address: Consul would ask itself in a circle. */
export function systemRecursors(ownAddress: string, file = "/etc/resolv.conf"): string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const servers = text.split("\n").flatMap((line) => {
    const address = /^\s*nameserver\s+(\S+)/.exec(line)?.[1];
    return address !== undefined && isIPv4(address) && address !== ownAddress ? [address] : [];
  });
  return [...new Set(servers)].slice(0, maxRecursors);
}
