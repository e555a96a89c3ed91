import { custom, problemsOf, type Problem, type Validator } from "../validator";

/** Every one of the rules; inside `anyOf`, where several must hold together. */
export function allOf<T>(...rules: readonly Validator<T>[]): Validator<T> {
  return custom(rules.map(({ description }) => description).join(" and "), (value, blocks) =>
    rules.flatMap((rule) =>
      problemsOf(rule, value, blocks).map((found) => ({ rule: rule.description, ...found })),
    ),
  );
}

/** At least one of the rules. Warnings of the rule that holds are kept. */
export function anyOf<T>(...rules: readonly Validator<T>[]): Validator<T> {
  return custom(rules.map(({ description }) => description).join(", or "), (value, blocks) => {
    const found = rules.map((rule) => problemsOf(rule, value, blocks));
    const passed = found.find((problems) => !problems.some(isError));
    if (passed !== undefined) return passed.length === 0 ? undefined : passed;
    return found.flatMap((problems) => problems.map(({ problem }) => problem)).join("; ");
  });
}

function isError({ severity }: Problem): boolean {
  return severity !== "warning";
}
