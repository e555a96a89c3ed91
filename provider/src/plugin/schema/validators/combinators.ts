import { formatPath } from "../../diagnostics/path";
import { problemsOf, type Outcome, type Problem, type Validator } from "../validator";

/** Every rule holds; each that does not is a problem of its own. */
export function allOf<T>(...rules: readonly Validator<T>[]): Validator<T> {
  return {
    description: rules.map(({ description }) => description).join(" and "),
    ...namesOf(rules),
    check: (value, context) => rules.flatMap((rule) => problemsOf(rule, value, context)),
  };
}

/** At least one rule holds. Warnings do not make a rule fail; those of the first that holds are passed on. */
export function anyOf<T>(...rules: readonly Validator<T>[]): Validator<T> {
  return {
    description: rules.map(({ description }) => description).join(" or "),
    ...namesOf(rules),
    check: (value, context): Outcome => {
      const tries = rules.map((rule) => problemsOf(rule, value, context));
      const passed = tries.find((problems) => !problems.some(isError));
      return passed ?? inOne(tries.map((problems) => problems.filter(isError)));
    },
  };
}

/** What each alternative found, as one problem: `it is 3; it is not even`. Equal findings are said once. */
function inOne(tries: readonly (readonly Required<Problem>[])[]): Outcome {
  if (tries.length === 0) return undefined;
  const found = tries.flat().map(({ problem, path }) => {
    const place = formatPath(path);
    return place === "" ? problem : `${place}: ${problem}`;
  });
  return [...new Set(found)].join("; ");
}

function isError({ severity }: Required<Problem>): boolean {
  return severity === "error";
}

function namesOf<T>(rules: readonly Validator<T>[]): { readonly names: readonly string[] } {
  return { names: rules.flatMap(({ names }) => names ?? []) };
}
