import type { Unknown } from "../values/unknown";
import type { Attribute, ModelOf, PlanModelOf } from "./attribute";
import { attributes } from "./attributes";
import { duration, parseDuration } from "./duration";

/** What users can set a limit for: the operations of a resource, and of an ephemeral one. */
export type TimedOperation = "create" | "read" | "update" | "delete" | "open" | "renew" | "close";

type Defaults = Readonly<Partial<Record<TimedOperation, string>>>;
type Operations<D> = keyof D & TimedOperation;
type Limit = Attribute<string | null, string | null | Unknown>;
type Limits<D> = Readonly<Record<Operations<D>, Limit>>;

/** The `timeouts` attribute of a schema, with what applies where the user says nothing. */
export type Timeouts<D extends Defaults = Defaults> = Attribute<
  ModelOf<Limits<D>> | null,
  PlanModelOf<Limits<D>> | null | Unknown
> & { readonly defaults: D };

/**
 * Lets users say how long operations may take: `timeouts({ create: "2m", delete: "30s" })`, each with its default. The
 * default is not planned, so it may change with a new version of the provider without a difference in any plan. Throws
 * `TypeError` on a default that is no duration.
 */
export function timeouts<const D extends Defaults>(defaults: D): Timeouts<D> {
  const limits = Object.entries(defaults).map(
    ([operation, preset]) => [operation, limit(operation, preset)] as const,
  );
  const attribute = attributes.single(Object.fromEntries(limits) as Limits<D>, {
    optional: true,
    description: "How long the operations wait before they fail.",
  });
  return { ...attribute, defaults };
}

/** The limit for `operation` in milliseconds: what the user set in `configured`, or the default. */
export function timeoutMs<D extends Defaults>(
  { defaults }: Timeouts<D>,
  configured: Readonly<Record<Operations<D>, string | null>> | null,
  operation: Operations<D>,
): number {
  const text = configured?.[operation] ?? defaults[operation];
  const ms = text === undefined ? undefined : parseDuration(text);
  if (ms === undefined) {
    throw new TypeError(`timeouts.${operation}: ${JSON.stringify(text)} is not a duration`);
  }
  return ms;
}

function limit(operation: string, preset: string): Limit {
  if (parseDuration(preset) === undefined) {
    throw new TypeError(`timeouts.${operation}: the default "${preset}" is not a duration`);
  }
  return attributes.string({
    optional: true,
    validators: [duration()],
    description: `How long ${operation} may take, such as "90s" or "5m". Default "${preset}".`,
  });
}
