import { readOptions } from "./option-readers";
import type { OptionReaders } from "./option-readers";

/**
 * What a task is given on its node before its container starts, and what that takes. It is used up by then: neither the container's
 * label nor an agent's report carries it. Every field may be absent.
 */
export interface Provision {
  /** The registry is asked at each start, though the image is there; undefined: only where it is missing. */
  readonly pull?: "always";
}

const readers: OptionReaders<Provision> = {
  pull: (value, field) => {
    if (value !== "always") throw new Error(`${field} is not 'always'`);
    return value;
  },
};

/** Equal provisions are equal values, whoever wrote them. Throws Error naming the field. */
export function readProvision(value: unknown): Provision | undefined {
  return readOptions(value, "provision", readers);
}

/** A task as others than its own agent may know it. */
export function withoutProvision<S extends { readonly provision?: Provision | undefined }>(
  spec: S,
): S {
  return spec.provision === undefined ? spec : { ...spec, provision: undefined };
}
