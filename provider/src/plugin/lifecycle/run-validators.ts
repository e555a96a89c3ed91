import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import type { Attributes } from "../schema/attribute";
import { traitsOf } from "../schema/traits";
import {
  problemsOf,
  type Problem,
  type ValidationContext,
  type Validator,
} from "../schema/validator";
import type { Type } from "../values/type";
import type { Value } from "../values/value";
import { toModel } from "./model";

/** One validation of a configuration. */
export interface Run {
  readonly diagnostics: Diagnostics;
  readonly writeOnlyAllowed: boolean;
  /** Inside sensitive and write-only attributes, where only the rule is told and not what was found. */
  readonly isSecret: boolean;
}

/** What carries rules: an attribute, or a schema with the type of its object. */
interface Ruled {
  readonly type: Type;
  readonly validators: readonly Validator<never>[];
  /** Of one object: what it consists of. */
  readonly attributes?: Attributes | undefined;
  /** Its parts are validated one by one too, and so tell of themselves what does not fit. */
  readonly isWhole?: boolean;
}

/** Reports what the validators find in a known value, each problem at its place. */
export function runValidators(
  { type, validators, attributes, isWhole = attributes !== undefined }: Ruled,
  value: Value,
  path: Path,
  run: Run,
): void {
  const { diagnostics, writeOnlyAllowed, isSecret } = run;
  const blocks = attributes === undefined ? undefined : traitsOf(attributes).blocks;
  const context: ValidationContext = {
    type,
    writeOnlyAllowed,
    ...(blocks === undefined ? {} : { blocks }),
  };
  try {
    const model = toModel(type, value, path) as never;
    for (const validator of validators) {
      for (const found of problemsOf(validator, model, context)) {
        const report = found.severity === "warning" ? "warn" : "error";
        diagnostics[report](found.summary, sentence(found, isSecret), [...path, ...found.path]);
      }
    }
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    if (isWhole) return;
    const detail = isSecret ? "The number has a form that is not possible." : error.detail;
    diagnostics.error(error.summary, detail, error.path);
  }
}

function sentence({ rule, problem }: Required<Problem>, isSecret: boolean): string {
  return isSecret ? `${rule}. (The value is sensitive and not shown.)` : `${rule}: ${problem}.`;
}
