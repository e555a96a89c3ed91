/** What a fault does to its hosts, and what takes it back. */
export const faultKinds = [
  "power cut",
  "freeze",
  "cut",
  "cut in",
  "cut out",
  "dockerd restart",
  "consul kill",
  "agent kill",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Of the lab: `h1`. Several only of a `cut`: they are an island of their own. */
  readonly hosts: readonly string[];
  /** From the beginning of its round. */
  readonly atMs: number;
  /** Until it is taken back; 0: it is over at once, a supervisor starts again what was killed. */
  readonly forMs: number;
}

/** Faults that overlap, then all is healed and has to come in order. */
export interface Round {
  /** From 1. */
  readonly number: number;
  /** By their beginnings. */
  readonly faults: readonly Fault[];
}

export function endMs({ atMs, forMs }: Fault): number {
  return atMs + forMs;
}

export function describeFault({ kind, hosts, forMs }: Fault): string {
  return `${kind} ${hosts.join(" ")}${forMs > 0 ? ` for ${(forMs / 1000).toFixed(1)} s` : ""}`;
}

export interface Step {
  readonly act: "begin" | "end";
  readonly fault: Fault;
  readonly atMs: number;
}

/** One after the other; what is over at once has no end. */
export function stepsOf({ faults }: Round): readonly Step[] {
  const steps = faults.flatMap((fault): Step[] => [
    { act: "begin", fault, atMs: fault.atMs },
    ...(fault.forMs > 0 ? [{ act: "end", fault, atMs: endMs(fault) } as const] : []),
  ]);
  return steps.sort((one, other) => one.atMs - other.atMs);
}
