import type { InterfaceAddress } from "./connection";

/** What Linux tells of its addresses and sockets (proc_net(5), ip-address(8)), for machines reached by a shell. */

/** Of `ip -4 -o addr show`, or of `/proc/net/route`, a line `=` and `/proc/net/fib_trie`. */
export function parseAddresses(text: string): readonly InterfaceAddress[] {
  return text.startsWith("Iface") ? fromKernel(text) : fromIp(text);
}

/** `2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\       valid_lft forever`. */
function fromIp(text: string): readonly InterfaceAddress[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\d+: (\S+)\s+inet ([\d.]+)(?: peer \S+?)?(?:\/(\d+))?\s/.exec(line);
    const [, name, address, prefix] = match ?? [];
    return name !== undefined && address !== undefined
      ? [{ interface: name, address, prefix: Number(prefix ?? 32) }]
      : [];
  });
}

interface LinkRoute {
  readonly interface: string;
  readonly base: number;
  readonly prefix: number;
}

/** The trie has each local address as a leaf, `|-- 10.0.0.5`, with `/32 host LOCAL` below it. */
function fromKernel(text: string): readonly InterfaceAddress[] {
  const [routes = "", trie = ""] = text.split("\n=\n");
  const links = linkRoutes(routes);
  const found = [...trie.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(([, address]) =>
    String(address),
  );
  return [...new Set(found)].map((address) => {
    const value = valueOf(address);
    const link = links.find(({ base, prefix }) => sharesPrefix(base, value, prefix));
    return { interface: link?.interface ?? "lo", address, prefix: link?.prefix ?? 32 };
  });
}

/** `Iface Destination Gateway Flags RefCnt Use Metric Mask ...`, numbers in hex, addresses in the machine's byte order. */
function linkRoutes(text: string): readonly LinkRoute[] {
  return text.split("\n").flatMap((line) => {
    const [name, base, gateway, , , , , mask] = line.trim().split(/\s+/);
    if (name === undefined || gateway !== "00000000" || mask === undefined) return [];
    const prefix = bitsSet(Number.parseInt(mask, 16));
    return prefix === 0
      ? []
      : [{ interface: name, base: swapped(Number.parseInt(base ?? "", 16)), prefix }];
  });
}

/** Why nothing can listen there any more; undefined: nothing of /proc/net/{tcp,udp} and their 6 is in the way. */
export function findListener(
  sockets: string,
  address: string,
  port: number,
  protocol: "tcp" | "udp",
): string | undefined {
  const wanted = hexOf(address);
  for (const line of sockets.split("\n")) {
    const match = /^\s*\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) /.exec(line);
    const [, local = "", hexPort, state] = match ?? [];
    if (Number.parseInt(hexPort ?? "", 16) !== port) continue;
    // 0A is LISTEN; of UDP, a bound socket is in the way whatever its state.
    if (protocol === "tcp" && state !== "0A") continue;
    if (/^0+$/.test(local) || local === wanted || local.endsWith(`FFFF0000${wanted}`))
      return "it is in use";
  }
  return undefined;
}

function hexOf(address: string): string {
  return swapped(valueOf(address)).toString(16).toUpperCase().padStart(8, "0");
}

/** As a number, the first part highest. */
function valueOf(address: string): number {
  return address.split(".").reduce((value, part) => value * 256 + Number(part), 0);
}

function swapped(value: number): number {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes.readUInt32BE();
}

function bitsSet(value: number): number {
  return value.toString(2).replaceAll("0", "").length;
}

function sharesPrefix(a: number, b: number, prefix: number): boolean {
  const size = 2 ** (32 - prefix);
  return Math.floor(a / size) === Math.floor(b / size);
}
