import type { Unknown } from "../values/unknown";
import type { Attribute, ModelOf, PlanModelOf } from "./attribute";
import { attributes } from "./attributes";
import { parseDuration } from "./duration";
import { custom, type Validator } from "./validator";

export type Operation = "create" | "read" | "update" | "delete";

/** The value of a `timeouts` attribute in a model. */
export type Timeouts<O extends Operation = Operation> = Readonly<
  Partial<Record<O, string | null>>
> | null;

type DurationAttribute = Attribute<string | null, string | null | Unknown>;
type TimeoutsAttribute<O extends Operation> = Attribute<
  ModelOf<Record<O, DurationAttribute>> | null,
  PlanModelOf<Record<O, DurationAttribute>> | null | Unknown
>;

/** A duration as Go writes it, such as "90s" or "1h30m". */
export function duration(): Validator<string> {
  return custom('a duration such as "90s" or "5m"', (value) =>
    parseDuration(value) === undefined
      ? `${JSON.stringify(value)} is not a duration such as "90s", "5m" or "1h30m"`
      : undefined,
  );
}

/**
 * The `timeouts` attribute: how long each operation named may take, as durations. `defaults` are what the docs name and
 * what `timeoutMs` falls back to: `timeoutsAttribute({ create: "10m", delete: "5m" })`. A change of it alone plans an update.
 */
export function timeoutsAttribute<const D extends Readonly<Partial<Record<Operation, string>>>>(
  defaults: D,
): TimeoutsAttribute<keyof D & Operation> {
  const durations = Object.entries(defaults).map(([operation, fallback]) => {
    const description = `How long ${operation} may take, such as "90s" or "5m". Default "${fallback}".`;
    return [operation, durationAttribute(description)] as const;
  });
  const of = Object.fromEntries(durations) as Record<keyof D & Operation, DurationAttribute>;
  return attributes.single(of, {
    optional: true,
    description: "How long the operations wait before they fail.",
  });
}

/** The milliseconds that `operation` may take: as configured, else `fallback`, which is a duration or milliseconds. */
export function timeoutMs<O extends Operation>(
  timeouts: Timeouts<O>,
  operation: O,
  fallback: string | number,
): number {
  const configured = parseDuration(timeouts?.[operation] ?? "");
  const ms = configured ?? (typeof fallback === "number" ? fallback : parseDuration(fallback));
  if (ms === undefined) throw new TypeError(`not a duration: ${JSON.stringify(fallback)}`);
  return ms;
}

function durationAttribute(description: string): DurationAttribute {
  return attributes.string({ optional: true, validators: [duration()], description });
}
