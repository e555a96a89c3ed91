import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { problemsOf, type Problem, type Validator } from "../schema/validators";
import type { Type } from "../values/type";
import type { Value } from "../values/value";
import { toModel } from "./conform";

/** One validation of a configuration. */
export interface Run {
  readonly diagnostics: Diagnostics;
  readonly writeOnlyAllowed: boolean;
  /** Inside sensitive and write-only attributes, where only the rule is told and not what was found. */
  readonly hideValues: boolean;
}

/** What carries rules: an attribute, or a schema with the type of its object. */
interface Ruled {
  readonly type: Type;
  readonly validators?: readonly Validator<never>[];
}

/** Reports what the validators find in a known value, each problem at its place. */
export function runValidators(
  { type, validators = [] }: Ruled,
  value: Value,
  path: Path,
  run: Run,
): void {
  if (validators.length === 0) return;
  const { diagnostics, writeOnlyAllowed } = run;
  try {
    const model = toModel(value, path) as never;
    for (const validator of validators) {
      for (const found of problemsOf(validator, model, { type, writeOnlyAllowed })) {
        const report = found.severity === "warning" ? "warn" : "error";
        diagnostics[report](found.summary, sentence(found, run), [...path, ...found.path]);
      }
    }
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    diagnostics.error(error.summary, error.detail, error.path);
  }
}

function sentence({ rule, problem }: Required<Problem>, { hideValues }: Run): string {
  return hideValues ? `${rule}. (The value is sensitive and not shown.)` : `${rule}: ${problem}.`;
}
