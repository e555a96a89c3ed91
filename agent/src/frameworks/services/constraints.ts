import type { Constraint } from "../../model/service";
import type { Spread } from "./spread";

export interface ConstraintContext {
  /** The candidate's name and attributes. */
  readonly node: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** By this attribute: where the counted instances of the service run, and could run on nodes that are candidates now. */
  readonly spread: (attribute: string) => Spread;
}

/** One sentence why the constraint keeps an instance off this node; undefined: it does not (Marathon's docs/constraints.md). */
export function explainConstraint(
  constraint: Constraint,
  context: ConstraintContext,
): string | undefined {
  const { attribute, operator } = constraint;
  const value = attribute === "node" ? context.node : context.attributes[attribute];
  const rule = `${attribute} ${operator}${constraint.value === undefined ? "" : ` ${constraint.value}`}`;
  if (value === undefined)
    return operator === "UNLIKE" ? undefined : `${rule}: the node has no attribute '${attribute}'`;
  const reason = checks[operator](value, constraint.value, () => context.spread(attribute));
  return reason === undefined ? undefined : `${rule}: ${reason}`;
}

type Check = (
  value: string,
  wanted: string | undefined,
  spread: () => Spread,
) => string | undefined;

const checks: Record<Constraint["operator"], Check> = {
  UNIQUE: (value, _wanted, spread) =>
    spread().countOf(value) > 0 ? `an instance runs on '${value}' already` : undefined,
  CLUSTER: (value, wanted, spread) => {
    const home = wanted ?? spread().home();
    return home === undefined || home === value ? undefined : `all go to '${home}', not '${value}'`;
  },
  GROUP_BY: groupBy,
  LIKE: (value, wanted) => matches(value, wanted, true),
  UNLIKE: (value, wanted) => matches(value, wanted, false),
  MAX_PER: (value, wanted, spread) => {
    const most = wholeNumber(wanted);
    if (most === undefined)
      return `'${wanted ?? ""}' is no number: write how many may share a value`;
    const here = spread().countOf(value);
    return here >= most ? `${here} of at most ${most} run on '${value}' already` : undefined;
  },
};

/** Even over groups: only a group with the fewest takes the next. Groups not seen yet, where a number of them is named, have none. */
function groupBy(
  value: string,
  wanted: string | undefined,
  spread: () => Spread,
): string | undefined {
  const least = wanted === undefined ? 0 : wholeNumber(wanted);
  if (least === undefined) return `'${wanted ?? ""}' is no number: write how many groups there are`;
  const groups = spread();
  const fewest = groups.size < least ? 0 : groups.fewest;
  const here = groups.countOf(value);
  if (here <= fewest) return undefined;
  return `group '${value}' has ${here}, another group only ${fewest}`;
}

/** The whole value must match, as in Marathon. */
function matches(value: string, pattern: string | undefined, wanted: boolean): string | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${pattern ?? ""})$`);
  } catch {
    return `'${pattern ?? ""}' is no regular expression: correct it`;
  }
  if (expression.test(value) === wanted) return undefined;
  return `'${value}' ${wanted ? "does not match" : "matches"}`;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : undefined;
}
