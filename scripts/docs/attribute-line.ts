import type { Attribute } from "../../provider/src/plugin";
import { attributeTypeName } from "./type-name";

/** One attribute as one item of a list; `anchor` is where its own attributes are described. */
export function attributeLine(name: string, attribute: Attribute, anchor: string): string {
  const { description, deprecation, nested } = attribute;
  const marks = [
    attributeTypeName(attribute),
    ...(attribute.sensitive === true ? ["Sensitive"] : []),
    ...(deprecation === undefined ? [] : ["Deprecated"]),
    ...(attribute.writeOnly === true ? ["[Write-only](#write-only)"] : []),
  ];
  const sentences = [
    ...(description === undefined ? [] : [sentence(description)]),
    ...(deprecation === undefined ? [] : [`**Deprecated:** ${sentence(deprecation)}`]),
    ...defaultSentences(attribute),
    ...ruleSentences(attribute),
    ...(attribute.planModifiers ?? []).map((modifier) => sentence(modifier.description)),
    ...(nested === undefined ? [] : [`(see [below for nested schema](#${anchor}))`]),
  ];
  return [`- \`${name}\` (${marks.join(", ")})`, ...sentences].join(" ");
}

/** What must hold, as one sentence; nothing where nothing must. */
export function ruleSentence(
  rules: readonly { readonly description: string }[] | undefined,
): string | undefined {
  if (rules === undefined || rules.length === 0) return undefined;
  const all = rules.map((rule) => rule.description);
  return sentence(`${all.length === 1 ? "Rule" : "Rules"}: ${all.join("; ")}`);
}

/** Upper case in front, a full stop behind. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/u.test(first) ? first : `${first}.`;
}

function ruleSentences({ validators }: Attribute): string[] {
  const rules = ruleSentence(validators);
  return rules === undefined ? [] : [rules];
}

/** Of a nested object only what it says itself: null is what is not said. */
function defaultSentences(attribute: Attribute): string[] {
  if (attribute.default === undefined) return [];
  const text = JSON.stringify(attribute.default, (_name, value: unknown) =>
    value === null ? undefined : value,
  );
  return text === "{}" || text === "[]" ? ["Default: empty."] : [`Default: \`${text}\`.`];
}
