/** In units: cpus, MiB, pieces. Of what is not named there is no guarantee, and no limit. */
export interface RoleAmounts {
  readonly cpus?: number;
  readonly memMiB?: number;
  readonly diskMiB?: number;
  readonly gpus?: number;
}

/** What an operator has said of a role, a path such as `eng/web`. A role nobody has said anything of has weight 1. */
export interface RoleTerms {
  readonly name: string;
  /** How much of the cluster it may have beside others that want it, relative to theirs. */
  readonly weight: number;
  /** Set aside for it, whoever else wants it. */
  readonly guarantee: RoleAmounts;
  /** It is offered no more than this. */
  readonly limit: RoleAmounts;
}

const longestRole = 255;

/** Why a name cannot be a role's; undefined: it can (Mesos src/common/roles.cpp). */
export function roleProblem(name: string): string | undefined {
  if (name === "*") return undefined;
  if (name === "") return "a role must have a name";
  if (name.length > longestRole) return `a role's name must have at most ${longestRole} characters`;
  if (/[\s\p{Cc}\\]/u.test(name))
    return "a role's name must be without space, backslash and control characters";
  for (const part of name.split("/")) {
    if (part === "") return "a role's name must not begin or end with '/', nor have two in a row";
    if (part === "." || part === ".." || part === "*")
      return `no part of a role's name may be '${part}'`;
    if (part.startsWith("-")) return "no part of a role's name may begin with '-'";
  }
  return undefined;
}
