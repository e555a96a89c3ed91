/** Turns the table in layers.cjs into rules; `npm run check` runs them, scripts/graph.ts draws them. */
const layers = require("./layers.cjs");

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const packageFolders = {
  "@covey/agent/client": "agent/(src|dist)/client/",
  "@covey/agent/contract": "agent/(src|dist)/contract/",
};

/** Rules of one row: what is neither this folder, nor in `may`, nor in `npm`, nor (where `node`) a builtin, is forbidden. */
function rulesOf(package_, folder, { may = [], npm = [], node = false }, all) {
  const isFile = folder.endsWith(".ts");
  const own = `^${package_}/src/${
    folder === "*"
      ? `(?!${Object.keys(all)
          .filter((name) => name !== "*")
          .map(escape)
          .join("|")})`
      : escape(folder)
  }${isFile ? "$" : folder === "*" ? "" : "/"}`;
  const comment = `${package_}/src/${folder} may import: ${[...may, ...npm, ...(node ? ["node builtins"] : [])].join(", ") || "nothing"}. See layers.cjs; a rule in your way is a question to the design.`;
  const from = { path: own, pathNot: "\\.test\\.ts$" };
  const rule = (name, to) => ({
    name: `${package_}/${folder}: ${name}`,
    severity: "error",
    comment,
    from,
    to,
  });
  const allowed = may.includes("*")
    ? [`^${package_}/src/`, ...Object.values(packageFolders).map((path) => `^${path}`)]
    : may.map((name) =>
        packageFolders[name]
          ? `^${packageFolders[name]}`
          : `^${package_}/src/${escape(name)}${name.endsWith(".ts") ? "$" : "/"}`,
      );
  return [
    rule("other folders", {
      path: "^(agent|provider|constructs|examples|scripts)/",
      pathNot: [own, ...allowed, "node_modules"],
    }),
    rule("npm packages", {
      path: "node_modules/",
      pathNot: npm.map((name) => `node_modules/(@types/)?${escape(name)}/`),
    }),
    ...(node ? [] : [rule("node builtins", { dependencyTypes: ["core"] })]),
  ];
}

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Split the file or move the shared noun down.",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "An import nobody can resolve passes every other rule.",
      from: {},
      to: { couldNotResolve: true },
    },
    ...Object.entries(layers).flatMap(([package_, rows]) =>
      Object.entries(rows).flatMap(([folder, row]) => rulesOf(package_, folder, row, rows)),
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules|dist/" },
    exclude: { path: "cdktf\\.out|\\.covey" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "default"],
      extensions: [".ts", ".js", ".cjs", ".json"],
    },
  },
};
