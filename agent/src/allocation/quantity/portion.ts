import type { Portion } from "../../model/portion";

/** Equal for portions that may be added up. Role names hold no control characters. */
export function stackKey(part: Pick<Portion, "reservations" | "volume">): string {
  const stack = part.reservations.map(({ kind, role }) => `${kind} ${role}\n`).join("");
  return part.volume === undefined ? stack : `${stack}\t${part.volume}`;
}

/** Who may be given it: this role and those below it; undefined: anybody. */
export function reservedRole(part: Pick<Portion, "reservations">): string | undefined {
  return part.reservations.at(-1)?.role;
}
