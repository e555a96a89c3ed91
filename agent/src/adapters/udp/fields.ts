/** A decoded value was not of the shape or range its field must have. */
export class Malformed extends Error {}

/**
 * Places in one list. msgpack makes room for as many as a list's head promises, so that a packet of nothing but heads
 * takes this many times its own size: longer lists are written as lists of lists.
 */
export const maxListLength = 80;

/** Terms, incarnations and rounds: far above what any will reach, far below where numbers lose precision. */
const maxCount = 2 ** 48;

/** `{ [key]: read(value) }`, or nothing where `value` is null. */
export function optional<K extends string, T>(
  key: K,
  value: unknown,
  read: (value: unknown) => T,
): Partial<Record<K, T>> {
  if (value === null) return {};
  return { [key]: read(value) } as Record<K, T>;
}

export function readList(value: unknown, min: number, max: number): unknown[] {
  if (!Array.isArray(value) || value.length < min || value.length > max)
    throw new Malformed("not a list of the right length");
  return value as unknown[];
}

export function readText(value: unknown, maxLength: number): string {
  if (typeof value !== "string" || value.length > maxLength)
    throw new Malformed("not a text, or too long");
  return value;
}

/** Names of nodes are DNS labels. */
export function readName(value: unknown): string {
  const name = readText(value, 63);
  if (name === "") throw new Malformed("empty name");
  return name;
}

export function readInteger(value: unknown, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    throw new Malformed("not a whole number in range");
  return value;
}

export function readCount(value: unknown): number {
  return readInteger(value, 0, maxCount);
}

export function readPort(value: unknown): number {
  return readInteger(value, 1, 65535);
}

export function readFlag(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Malformed("not a flag");
  return value;
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function readAddress(value: unknown): string {
  const address = readText(value, 15);
  if (!ipv4.test(address)) throw new Malformed("not an IPv4 address");
  return address;
}

/** One of `choices`, by its place among them. */
export function readChoice<T>(value: unknown, choices: readonly T[]): T {
  const choice = choices[readInteger(value, 0, choices.length - 1)];
  if (choice === undefined) throw new Malformed("no such choice");
  return choice;
}
