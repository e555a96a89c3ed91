import { Token } from "./engine";

const label = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names of clusters, nodes and services become parts of DNS names. @throws Error when `name` cannot */
export function checkedName(what: string, name: string): string {
  if (!Token.isUnresolved(name) && !label.test(name))
    throw new Error(
      `${what} '${name}': a name is 1 to 63 of a-z, 0-9 and '-', starts with a letter and does not end with '-'`,
    );
  return name;
}
