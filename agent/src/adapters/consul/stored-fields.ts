/** What a stored value is read with; each throws an Error that names the field. */
export type Fields = Readonly<Record<string, unknown>>;

export function record(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${what} is not an object`);
  return value as Fields;
}

/** The key names the thing; a value that names another would be two things in one. */
export function sameName(fields: Fields, name: string): string {
  const found = text(fields, "name");
  if (found !== name) throw new Error(`its name is '${found}', its key says '${name}'`);
  return found;
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new Error(`${name} is not a string`);
  return value;
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw new Error(`${name} is not a number from 0 up`);
  return value;
}

export function wholeNumber(fields: Fields, name: string): number {
  const value = number(fields, name);
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is not a whole number`);
  return value;
}

export function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== "boolean") throw new Error(`${name} is neither true nor false`);
  return value;
}

export function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  const value = fields[name];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${name} is none of ${allowed.join(", ")}`);
  return found;
}

export function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value;
}

export function word(value: unknown): string {
  if (typeof value !== "string") throw new Error("command has a word that is not a string");
  return value;
}

export function texts(fields: Fields, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(record(fields[name], name));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, text({ [`${name}.${key}`]: value }, `${name}.${key}`)]),
  );
}
