/** `value` when it is there; throws, naming it, when it is absent: for computed attributes a state must have. */
export function present<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) {
    throw new Error(`${name} is missing from the state; refresh or re-import the resource`);
  }
  return value;
}
