import type { Decimal } from "./decimal";

/** What is promised about a value that is not known yet (go-cty's refinements). The later value must keep it. */
export interface Refinement {
  readonly notNull?: true;
  /** Of strings: how it begins. */
  readonly prefix?: string;
  /** Of numbers. */
  readonly min?: Bound;
  readonly max?: Bound;
  /** Of lists, sets and maps: how many elements. */
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface Bound {
  readonly value: number | Decimal;
  readonly inclusive: boolean;
}

/** A value that is not known before apply, with what is promised about it. */
export class Unknown {
  /** Tells it from other classes, which TypeScript compares by their members. */
  readonly kind = "unknown";

  /**
   * `encoded` is the promise as Terraform wrote it, kept so that it is echoed byte for byte, also where a newer Terraform
   * promises what is not understood here.
   */
  constructor(
    readonly refinement?: Refinement,
    readonly encoded?: Uint8Array,
  ) {}

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
