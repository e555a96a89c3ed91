import type { Attribute, Attributes } from "./attribute";
import type { Schema } from "./schema";

/**
 * Mistakes in a schema that Terraform would refuse (configschema/internal_validate.go), as sentences. Empty when it is
 * sound.
 */
export function schemaProblems(name: string, schema: Schema): string[] {
  return attributesProblems(schema.attributes, name, false);
}

function attributesProblems(attributes: Attributes, path: string, inSet: boolean): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    attributeProblems(name, attribute, `${path}.${name}`, inSet),
  );
}

function attributeProblems(
  name: string,
  attribute: Attribute,
  path: string,
  inSet: boolean,
): string[] {
  const problems: string[] = [];
  const { required, optional, computed, writeOnly, nested } = attribute;
  const hasDefault = attribute.default !== undefined;
  const must = (holds: boolean, rule: string): void => {
    if (!holds) problems.push(`${path}: ${rule}`);
  };
  must(/^[a-z_][a-z0-9_]*$/u.test(name), "names consist of a-z, 0-9 and _");
  must(
    required === true || optional === true || computed === true || hasDefault,
    "one of required, optional, computed, default must be set",
  );
  must(!(required === true && optional === true), "required and optional exclude each other");
  must(!(required === true && computed === true), "required and computed exclude each other");
  must(!(required === true && hasDefault), "a required attribute cannot have a default");
  must(!(writeOnly === true && (computed === true || hasDefault)), "write-only cannot be computed");
  must(!(writeOnly === true && inSet), "write-only is not possible inside a set");
  if (nested !== undefined) {
    problems.push(
      ...attributesProblems(nested.attributes, path, inSet || nested.nesting === "set"),
    );
  }
  return problems;
}
