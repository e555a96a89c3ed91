/** Rules over several attributes of a schema or nested object. A name may lead inwards: `"tls.key"`. */
import { isUnknown } from "../../values/unknown";
import type { Outcome, Validator } from "../validator";

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

/** When `name` is set, so are all the others. */
export function alsoRequires(name: string, ...others: readonly string[]): Validator<Fields> {
  const list = others.join(", ");
  return {
    description: `with ${name} also ${list}`,
    names: [name, ...others],
    check: (fields, { blocks }) => {
      if (stateOf(fields, name, blocks) !== "set") return undefined;
      const absent = others.filter((other) => stateOf(fields, other, blocks) === "absent");
      if (absent.length === 0) return undefined;
      return {
        rule: `With ${name} also set ${list}`,
        problem: `${absent.join(", ")} ${absent.length === 1 ? "is" : "are"} missing`,
        path: name.split("."),
      };
    },
  };
}

/** An unknown attribute may turn out set or absent, so only what holds either way is a violation. */
function counted(
  names: readonly string[],
  rule: string,
  violated: (least: number, most: number) => boolean,
): Validator<Fields> {
  const description = `${rule} ${names.join(", ")}`;
  return {
    description,
    names,
    check: (fields, { blocks }): Outcome => {
      const set = names.filter((name) => stateOf(fields, name, blocks) === "set");
      const unknown = names.filter((name) => stateOf(fields, name, blocks) === "unknown");
      if (!violated(set.length, set.length + unknown.length)) return undefined;
      const verb = set.length === 1 ? "is" : "are";
      const found = set.length === 0 ? "none is set" : `${set.join(", ")} ${verb} set`;
      return { rule: `Set ${description}`, problem: found };
    },
  };
}

/** A block of which there is none is absent; other attributes may be empty and set. */
function stateOf(
  fields: Fields,
  name: string,
  blocks: ReadonlySet<string> | undefined,
): "set" | "unknown" | "absent" {
  let at: unknown = fields;
  for (const step of name.split(".")) {
    if (isUnknown(at)) return "unknown";
    if (typeof at !== "object" || at === null) return "absent";
    at = Object.hasOwn(at, step) ? (at as Fields)[step] : null;
  }
  if (isUnknown(at)) return "unknown";
  if (at === null || at === undefined) return "absent";
  return blocks?.has(name) === true && Object.keys(at).length === 0 ? "absent" : "set";
}
