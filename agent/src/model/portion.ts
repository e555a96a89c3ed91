import type { PortRange } from "./resources";

/** As in Mesos: `static` is the agent's own configuration, `dynamic` was made by an operation and can be undone. */
export interface Reservation {
  readonly kind: "static" | "dynamic";
  /** Never '*': what is reserved for everybody is not reserved. */
  readonly role: string;
}

/**
 * A part of a node's resources that is reserved in one way. Scalars are in units (cpus, MiB) of three
 * decimals at most; `sets` are named sets of items, such as `{ rack-disks: ["d1", "d2"] }`.
 */
export interface Portion {
  /** Bottom first; each refines the one before it (its role is below that one's). Empty: unreserved. */
  readonly reservations: readonly Reservation[];
  /** Reserved disk that holds data under this id; never divided. */
  readonly volume: string | undefined;
  readonly cpus: number;
  readonly memMiB: number;
  readonly diskMiB: number;
  readonly gpus: number;
  readonly ports: readonly PortRange[];
  readonly sets: Readonly<Record<string, readonly string[]>>;
}

/** Fills in what is not said: unreserved and nothing. */
export function portion(parts: Partial<Portion>): Portion {
  return {
    reservations: parts.reservations ?? [],
    volume: parts.volume,
    cpus: parts.cpus ?? 0,
    memMiB: parts.memMiB ?? 0,
    diskMiB: parts.diskMiB ?? 0,
    gpus: parts.gpus ?? 0,
    ports: parts.ports ?? [],
    sets: parts.sets ?? {},
  };
}
