/**
 * Where in a resource a value sits: attribute names, map keys and list indexes from the root, `["nodes", 0, "address"]`.
 * Whether a string is an attribute or a map key follows from the schema; a step into a set cannot be named in
 * Terraform, so such a path ends at the set.
 */
export type Path = readonly (string | number)[];

/** `nodes[0].address`, for messages. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === "number"
        ? `[${step}]`
        : /^[a-z_][a-z0-9_-]*$/iu.test(step)
          ? `${index === 0 ? "" : "."}${step}`
          : `[${JSON.stringify(step)}]`,
    )
    .join("");
}
