import type { Constraint } from "../../model/service";

export interface ConstraintContext {
  /** The candidate's name and attributes. */
  readonly node: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The value under this attribute where each counted instance of the service runs. */
  readonly taken: (attribute: string) => readonly (string | undefined)[];
  /** Values under this attribute of all nodes that are candidates now. */
  readonly known: (attribute: string) => readonly string[];
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
  const reason = checks[operator](value, constraint.value, {
    taken: context.taken(attribute),
    known: context.known(attribute),
  });
  return reason === undefined ? undefined : `${rule}: ${reason}`;
}

interface Spread {
  readonly taken: readonly (string | undefined)[];
  readonly known: readonly string[];
}

type Check = (value: string, wanted: string | undefined, spread: Spread) => string | undefined;

const checks: Record<Constraint["operator"], Check> = {
  UNIQUE: (value, _wanted, { taken }) =>
    taken.includes(value) ? `an instance runs on '${value}' already` : undefined,
  CLUSTER: (value, wanted, { taken }) => {
    const home = wanted ?? taken.find((one) => one !== undefined);
    return home === undefined || home === value ? undefined : `all go to '${home}', not '${value}'`;
  },
  GROUP_BY: groupBy,
  LIKE: (value, wanted) => matches(value, wanted, true),
  UNLIKE: (value, wanted) => matches(value, wanted, false),
  MAX_PER: (value, wanted, { taken }) => {
    const most = wholeNumber(wanted);
    if (most === undefined)
      return `'${wanted ?? ""}' is no number: write how many may share a value`;
    const here = countOf(taken, value);
    return here >= most ? `${here} of at most ${most} run on '${value}' already` : undefined;
  },
};

/** Even over groups: only a group with the fewest takes the next. Groups not seen yet, where a number of them is named, have none. */
function groupBy(value: string, wanted: string | undefined, spread: Spread): string | undefined {
  const least = wanted === undefined ? 0 : wholeNumber(wanted);
  if (least === undefined) return `'${wanted ?? ""}' is no number: write how many groups there are`;
  const groups = new Set([...spread.known, ...spread.taken.filter((one) => one !== undefined)]);
  const fewest =
    groups.size < least ? 0 : Math.min(...[...groups].map((group) => countOf(spread.taken, group)));
  const here = countOf(spread.taken, value);
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

function countOf(values: readonly (string | undefined)[], value: string): number {
  return values.filter((one) => one === value).length;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : undefined;
}
