/**
 * A value that is not known before apply. `refinement` holds what Terraform promised about it (msgpack extension 12,
 * kept as it came, so that it can be echoed).
 */
export class Unknown {
  constructor(readonly refinement?: Uint8Array) {}

  toString(): string {
    return "(known after apply)";
  }

  toJSON(): string {
    return "(known after apply)";
  }
}

/** The unknown about which nothing is promised. */
export const UNKNOWN = new Unknown();

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}
