/** The toy's functions. */
import { defineFunction, FunctionError, isUnknown, types } from "@covey/provider/plugin";

export const joinPath = defineFunction({
  name: "join_path",
  summary: "Joins names to a path.",
  parameters: { base: { type: types.string, description: "Where it begins." } },
  variadic: { name: "names", type: types.string },
  returns: types.string,
  call: (_context, { base }, names) => {
    const bad = names.findIndex((name) => name.includes("/"));
    if (bad >= 0) throw new FunctionError("A name must not contain a slash.", 1 + bad);
    return [base, ...names].join("/");
  },
});

/** Takes everything that a parameter can allow. */
export const describe = defineFunction({
  name: "describe",
  parameters: {
    what: { type: types.object({ name: types.string, sizes: types.list(types.number) }) },
    by: { type: types.string, nullable: true, allowUnknown: true },
  },
  returns: types.map(types.string),
  call: (_context, { what, by }) => ({
    name: what.name ?? "nameless",
    total: String((what.sizes ?? []).reduce((sum, size) => sum + size, 0)),
    by: isUnknown(by) ? "somebody" : (by ?? "nobody"),
  }),
});
