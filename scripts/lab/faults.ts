export const directions = ["in", "out"] as const;
export type Direction = (typeof directions)[number];

/** The host's own end of its cable. */
export const hostInterface = "eth0";

/**
 * The rule that drops what comes in, or goes out, at a host's cable: before any of Docker's rules, and for containers as for the
 * host itself. `action`: -I to set it, -D to take it away, -C to ask for it.
 */
export function dropRule(action: "-I" | "-D" | "-C", direction: Direction): readonly string[] {
  const [chain, flag] = direction === "in" ? ["PREROUTING", "-i"] : ["POSTROUTING", "-o"];
  const match = [flag, hostInterface, "-j", "DROP"];
  return ["iptables", "-w", "5", "-t", "mangle", action, chain, ...match];
}

/** Sends no faster than that through this interface; what waits longer than `latency` is dropped, as a full queue does. */
export function slowCommand(device: string, mbit: number): readonly string[] {
  if (!(mbit >= 0.1 && mbit <= 10_000))
    throw new Error(`--mbit ${mbit} must be a number from 0.1 to 10000`);
  const shape = ["rate", `${mbit}mbit`, "burst", "32kbit", "latency", "400ms"];
  return ["tc", "qdisc", "replace", "dev", device, "root", "tbf", ...shape];
}

/** Fails where nothing slows it. */
export function fastCommand(device: string): readonly string[] {
  return ["tc", "qdisc", "del", "dev", device, "root"];
}

const fillFile = "/var/lib/covey-lab-fill";

/** All that is free is taken at once, without writing it; then what allocation left over. */
export const fillScript = `free=$(df --output=avail -B1 /var/lib | tail -1)
fallocate -l "$free" ${fillFile} 2>/dev/null || true
dd if=/dev/zero of=${fillFile} bs=64k oflag=append conv=notrunc 2>/dev/null
dd if=/dev/zero of=${fillFile} bs=1k oflag=append conv=notrunc 2>/dev/null
df --output=avail -B1 /var/lib | tail -1`;

export const freeScript = `rm -f ${fillFile}`;
