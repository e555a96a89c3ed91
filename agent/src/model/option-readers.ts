export type Reader<T> = (value: unknown, field: string) => T;

/** A reader for each field that may be there: one without does not compile. */
export type OptionReaders<T> = { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> };

/**
 * Reads optional fields from the store, the wire or a label, whoever wrote them: fields of a newer version are passed over, an empty
 * list is none, and no field at all is undefined, so that equal options are equal values. Throws Error naming the field.
 */
export function readOptions<T extends object>(
  value: unknown,
  what: string,
  readers: OptionReaders<T>,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  const fields = Object.entries(readers).flatMap(([name, read]) => {
    const found = part(value, what, name);
    const absent = found === undefined || found === null;
    if (absent || (Array.isArray(found) && found.length === 0)) return [];
    return [[name, (read as Reader<unknown>)(found, `${what}.${name}`)] as const];
  });
  return fields.length === 0 ? undefined : (Object.fromEntries(fields) as T);
}

export function part(value: unknown, field: string, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${field} is not an object`);
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

export function text(value: unknown, field: string): string {
  if (typeof value !== "string") throw new Error(`${field} is not a string`);
  return value;
}

export function whole(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new Error(`${field} is not a whole number`);
  return value;
}

export function flag(value: unknown, field: string): boolean {
  if (typeof value !== "boolean") throw new Error(`${field} is neither true nor false`);
  return value;
}

export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw new Error(`${field} is not a list`);
    return value.map((one, index) => read(one, `${field}[${index}]`));
  };
}
