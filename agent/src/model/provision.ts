import { listOf, part, readOptions, text } from "./option-readers";
import type { OptionReaders } from "./option-readers";

/** What is told to the node that needs it and to nobody else. The digest tells one value from another, and is made with a key. */
interface Secret {
  readonly value: string;
  readonly digest: string;
}

interface RegistryAuth {
  readonly username: string;
  readonly password: Secret;
}

/** Where containers find their secrets. */
export const secretsDirectory = "/run/secrets";

/** A file NAME in that directory. */
export interface SecretFile extends Secret {
  readonly name: string;
}

/**
 * What a task is given on its node before its container starts, and what that takes. It is used up by then: neither the container's
 * label nor an agent's report carries it. Every field may be absent.
 */
export interface Provision {
  /** The registry is asked at each start, though the image is there; undefined: only where it is missing. */
  readonly pull?: "always";
  readonly registryAuth?: RegistryAuth;
  /** By name. */
  readonly secrets?: readonly SecretFile[];
}

/** A provision without the values of its secrets: all that anybody is shown, and that a version is made of. */
export interface ShownProvision {
  readonly pull?: "always";
  readonly registryAuth?: { readonly username: string; readonly passwordDigest: string };
  readonly secrets?: readonly Pick<SecretFile, "name" | "digest">[];
}

function secret(value: unknown, field: string): Secret {
  return {
    value: text(part(value, field, "value"), `${field}.value`),
    digest: text(part(value, field, "digest"), `${field}.digest`),
  };
}

const readers: OptionReaders<Provision> = {
  pull: (value, field) => {
    if (value !== "always") throw new Error(`${field} is not 'always'`);
    return value;
  },
  registryAuth: (value, field) => ({
    username: text(part(value, field, "username"), `${field}.username`),
    password: secret(part(value, field, "password"), `${field}.password`),
  }),
  secrets: listOf((value, field) => ({
    name: text(part(value, field, "name"), `${field}.name`),
    ...secret(value, field),
  })),
};

/** Equal provisions are equal values, whoever wrote them. Throws Error naming the field. */
export function readProvision(value: unknown): Provision | undefined {
  return readOptions(value, "provision", readers);
}

export function shownProvision(provision: Provision | undefined): ShownProvision | undefined {
  if (!provision) return undefined;
  const { registryAuth, secrets, ...open } = provision;
  return {
    ...open,
    ...(registryAuth && {
      registryAuth: {
        username: registryAuth.username,
        passwordDigest: registryAuth.password.digest,
      },
    }),
    ...(secrets && { secrets: secrets.map(({ name, digest }) => ({ name, digest })) }),
  };
}

/** A task as others than its own agent may know it. */
export function withoutProvision<S extends { readonly provision?: Provision | undefined }>(
  spec: S,
): S {
  return spec.provision === undefined ? spec : { ...spec, provision: undefined };
}
