import { z } from "zod";
import { nearest } from "./nearest";

/** One thing wrong in the configuration: which field, what is there, which rule it breaks, the way out. */
export interface ConfigProblem {
  /** `consul.recursors[0]`; '' for the file as a whole. */
  readonly field: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** Fields whose value never appears in a message. */
const secretFields = new Set(["token", "gossipKey", "otherGossipKeys", "key"]);
const maxValueLength = 80;

/** Says of each issue zod found what a person needs to mend it. */
export function explainIssues(
  schema: z.ZodType,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): ConfigProblem[] {
  return issues.flatMap((issue) => explainIssue(schema, raw, issue));
}

function explainIssue(schema: z.ZodType, raw: unknown, issue: z.core.$ZodIssue): ConfigProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(keysAt(schema, issue.path, raw), issue.path, key));
  // A record reports a refused key as an issue at the key, its own issues inside.
  if (issue.code === "invalid_key")
    return issue.issues.map((inner) => ({
      field: formatPath(issue.path.slice(0, -1)),
      message: `the name '${String(issue.path.at(-1))}' ${asRule(inner.message)}`,
    }));
  const field = formatPath(issue.path);
  const value = valueAt(raw, issue.path);
  if (value === undefined)
    return [{ field, message: `is missing: ${asRule(issue.message)}; add it` }];
  return [
    { field, message: `${showValue(issue.path, value)} ${asRule(issue.message)}; change it` },
  ];
}

function unknownKey(known: readonly string[], path: Path, key: string): ConfigProblem {
  const meant = nearest(key, known);
  const wayOut =
    meant === undefined
      ? `remove it; known here: ${known.join(", ")}`
      : `did you mean '${meant}'? Otherwise remove it`;
  return { field: formatPath([...path, key]), message: `is no key the agent knows: ${wayOut}` };
}

function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** Keys the schema has at `path`; of a union those of the member that `raw` chose by its discriminator. */
function keysAt(schema: z.ZodType, path: Path, raw: unknown): string[] {
  const plain = unwrap(schema);
  if (plain instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = plain.def;
    const chosen = valueAt(raw, [discriminator]);
    const options = plain.options as readonly z.ZodType[];
    const option = options.find((candidate) => acceptsAt(candidate, discriminator, chosen));
    return option === undefined ? [discriminator] : keysAt(option, path, raw);
  }
  const [head, ...rest] = path;
  if (plain instanceof z.ZodObject) {
    const shape = plain.shape as Readonly<Record<string, z.ZodType>>;
    if (head === undefined) return Object.keys(shape);
    const next = shape[String(head)];
    return next === undefined ? [] : keysAt(next, rest, valueAt(raw, [head]));
  }
  if (plain instanceof z.ZodArray && head !== undefined)
    return keysAt(plain.element as z.ZodType, rest, valueAt(raw, [head]));
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}

function acceptsAt(option: z.ZodType, key: string, value: unknown): boolean {
  if (!(option instanceof z.ZodObject)) return false;
  const field = (option.shape as Readonly<Record<string, z.ZodType>>)[key];
  return field?.safeParse(value).success ?? false;
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    raw,
  );
}

function showValue(path: Path, value: unknown): string {
  // A secret also where it sits too deep: `token: {"value": "..."}`.
  if (path.some((part) => secretFields.has(String(part)))) return "(a secret, not shown)";
  // A part with parts of its own may hold secrets below.
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "(a list)" : "(an object)";
  const text = JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}...` : text;
}

function asRule(message: string): string {
  return message
    .replace(/^Invalid input: expected/, "must be")
    .replace(/, received undefined$/, "");
}
