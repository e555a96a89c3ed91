import { attributes } from "../plugin";
import { parseDuration } from "./duration";
import { duration } from "./validators";

export type Operation = "create" | "update" | "delete";

/** The `timeouts` attribute, `fallback` being what its docs name; `timeoutMs` applies it. */
const timeoutsAttribute = (fallback: string) => {
  const one = (operation: Operation) =>
    attributes.string({
      optional: true,
      validators: [duration()],
      description: `How long ${operation} may take, such as "90s" or "5m". Default "${fallback}".`,
    });
  return attributes.single(
    { create: one("create"), update: one("update"), delete: one("delete") },
    { optional: true, description: "How long the operations wait before they fail." },
  );
};

export const nodeTimeouts = timeoutsAttribute("2m");
export const serviceTimeouts = timeoutsAttribute("5m");

type Timeouts = Readonly<Record<Operation, string | null>> | null;

export function timeoutMs(timeouts: Timeouts, operation: Operation, fallbackMs: number): number {
  return parseDuration(timeouts?.[operation] ?? "") ?? fallbackMs;
}
