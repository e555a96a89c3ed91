/**
 * Rules over several attributes of one object: of a schema, a nested object or a block. An attribute that is unknown may
 * turn out set or absent, so only what holds either way is a violation.
 */
import { isUnknown } from "../../values/unknown";
import { custom, type Problem, type Validator } from "../validator";

type Fields = Readonly<Record<string, unknown>>;

/** Exactly one of these attributes is set. */
export function exactlyOneOf(...names: readonly string[]): Validator<Fields> {
  return counted(names, "exactly one of", (least, most) => most < 1 || least > 1);
}

/** At least one of these attributes is set. */
export function atLeastOneOf(...names: readonly string[]): Validator<Fields> {
  return counted(names, "at least one of", (_least, most) => most < 1);
}

/** No two of these attributes are set. */
export function conflicting(...names: readonly string[]): Validator<Fields> {
  return counted(names, "at most one of", (least) => least > 1);
}

/** All of these attributes are set, or none. */
export function requiredTogether(...names: readonly string[]): Validator<Fields> {
  return counted(names, "all or none of", (least, most) => least > 0 && most < names.length);
}

/** Where `name` is set, so are all of `others`. Points at `name`. */
export function alsoRequires(name: string, ...others: readonly string[]): Validator<Fields> {
  return custom(`an object that with ${name} has ${others.join(", ")} too`, (fields, blocks) => {
    const missing = others.filter((other) => isAbsent(fields, other, blocks));
    if (!isKnown(fields, name, blocks) || missing.length === 0) return undefined;
    return [{ problem: `${name} also needs ${missing.join(", ")}`, path: [name] }];
  });
}

/** Warns where `name`, which the state keeps, is set instead of the write-only attribute that does the same. */
export function preferWriteOnly(name: string, writeOnly: string): Validator<Fields> {
  return custom(`an object with ${writeOnly} rather than ${name}`, (fields, blocks) => {
    if (!isKnown(fields, name, blocks)) return undefined;
    const problem = `the state keeps ${name}; ${writeOnly} does the same and is never stored`;
    return [{ problem, path: [name], severity: "warning" } satisfies Problem];
  });
}

function counted(
  names: readonly string[],
  rule: string,
  violated: (least: number, most: number) => boolean,
): Validator<Fields> {
  const description = `an object with ${rule} ${names.join(", ")} set`;
  return custom(description, (fields, blocks) => {
    const set = names.filter((name) => isKnown(fields, name, blocks));
    const unknown = names.filter((name) => isUnknown(fields[name]));
    if (!violated(set.length, set.length + unknown.length)) return undefined;
    return `now set: ${set.length === 0 ? "none" : set.join(", ")}`;
  });
}

/** Of a block: whether there is none of it. */
function isAbsent(fields: Fields, name: string, blocks?: ReadonlySet<string>): boolean {
  const value = fields[name];
  if (value === null || value === undefined) return true;
  return blocks?.has(name) === true && !isUnknown(value) && Object.keys(value).length === 0;
}

function isKnown(fields: Fields, name: string, blocks?: ReadonlySet<string>): boolean {
  return !isAbsent(fields, name, blocks) && !isUnknown(fields[name]);
}
