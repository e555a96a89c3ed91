import type { Attribute, Attributes, Schema } from "../../provider/src/plugin";
import { attributeLine, ruleSentence } from "./attribute-line";

type Entry = readonly [name: string, attribute: Attribute];

const groups: readonly (readonly [title: string, belongs: (attribute: Attribute) => boolean])[] = [
  ["Required", (one) => one.required === true],
  ["Optional", (one) => one.required !== true && isConfigurable(one)],
  ["Read-Only", (one) => one.required !== true && !isConfigurable(one)],
];

/** `## Schema` with all its nested schemas behind, laid out as on the pages of other providers. */
export function schemaSection(schema: Schema): string {
  const rules = ruleSentence(schema.validators);
  return [
    "## Schema",
    ...(rules === undefined ? [] : [rules]),
    ...groupsOf(schema.attributes, [], (title) => `### ${title}`),
    ...nestedSections(schema.attributes, []),
    ...writeOnlyNote(schema.attributes),
  ].join("\n\n");
}

function groupsOf(
  attributes: Attributes,
  path: readonly string[],
  heading: (title: string) => string,
): string[] {
  return groups.flatMap(([title, belongs]) => {
    const lines = sorted(attributes)
      .filter(([, attribute]) => belongs(attribute))
      .map(([name, attribute]) => attributeLine(name, attribute, anchorOf([...path, name])));
    return lines.length === 0 ? [] : [heading(title), lines.join("\n")];
  });
}

/** Depth first, so that what belongs together stands together. */
function nestedSections(attributes: Attributes, path: readonly string[]): string[] {
  return sorted(attributes).flatMap(([name, { nested }]) => {
    if (nested === undefined) return [];
    const inner = [...path, name];
    return [
      `<a id="${anchorOf(inner)}"></a>\n\n### Nested Schema for \`${inner.join(".")}\``,
      ...groupsOf(nested.attributes, inner, (title) => `${title}:`),
      ...nestedSections(nested.attributes, inner),
    ];
  });
}

function writeOnlyNote(attributes: Attributes): string[] {
  if (!hasWriteOnly(attributes)) return [];
  return [
    "### Write-Only",
    '<a id="write-only"></a>\n\nWrite-only attributes are never stored in plan or state. They need Terraform 1.11 or newer.',
  ];
}

function hasWriteOnly(attributes: Attributes): boolean {
  return Object.values(attributes).some(
    ({ writeOnly, nested }) =>
      writeOnly === true || (nested !== undefined && hasWriteOnly(nested.attributes)),
  );
}

function isConfigurable({ optional, default: fallback }: Attribute): boolean {
  return optional === true || fallback !== undefined;
}

function sorted(attributes: Attributes): Entry[] {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}

function anchorOf(path: readonly string[]): string {
  return `nestedatt--${path.join("--")}`;
}
