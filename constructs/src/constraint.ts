/**
 * Where instances of a service may run, by an attribute of the nodes (`rack`, `zone`, ...) or by `node`, the node itself.
 * The operators and their meaning are Marathon's.
 */
export class Constraint {
  private constructor(
    readonly attribute: string,
    readonly operator: "UNIQUE" | "CLUSTER" | "GROUP_BY" | "LIKE" | "UNLIKE" | "MAX_PER",
    readonly value: string | undefined,
  ) {}

  /** No two instances with the same value: `Constraint.unique("node")` is one instance a node at most. */
  static unique(attribute: string): Constraint {
    return new Constraint(attribute, "UNIQUE", undefined);
  }

  /** All instances where the attribute has one value: the given one, or whichever the first instance has. */
  static cluster(attribute: string, value?: string): Constraint {
    return new Constraint(attribute, "CLUSTER", value);
  }

  /** Spread evenly over the attribute's values, of which there are at least `groups`. @default of groups: those seen */
  static groupBy(attribute: string, groups?: number): Constraint {
    return new Constraint(
      attribute,
      "GROUP_BY",
      groups === undefined ? undefined : counted("groupBy", groups),
    );
  }

  /** Only where the attribute matches the regular expression. @throws SyntaxError on a malformed one */
  static like(attribute: string, pattern: string): Constraint {
    return new Constraint(attribute, "LIKE", new RegExp(pattern, "u").source);
  }

  /** Only where the attribute does not match the regular expression. @throws SyntaxError on a malformed one */
  static unlike(attribute: string, pattern: string): Constraint {
    return new Constraint(attribute, "UNLIKE", new RegExp(pattern, "u").source);
  }

  /** At most `count` instances with the same value. */
  static maxPer(attribute: string, count: number): Constraint {
    return new Constraint(attribute, "MAX_PER", counted("maxPer", count));
  }
}

function counted(name: string, count: number): string {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`Constraint.${name}: ${count} must be a whole number above zero`);
  return String(count);
}
