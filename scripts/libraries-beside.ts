import { isBuiltin } from "node:module";
import type { Metafile, Plugin } from "esbuild";

export interface Library {
  /** Where its code begins. */
  readonly entry: string;
  /** Its file in `lib/`. */
  readonly file: string;
}

const namespace = "library-beside";

/**
 * Leaves npm packages out of a bundle, to be loaded from `lib/` beside it when an import is first reached, and remembers
 * which they are. Reading them took 25 ms of each start of the provider, and most starts need none.
 */
export class LibrariesBeside {
  readonly #found = new Map<string, Library>();

  /** Those of the bundle that were not dropped with unused code. */
  usedIn(bundle: Metafile): readonly Library[] {
    const inputs = Object.values(bundle.outputs).flatMap((output) => Object.keys(output.inputs));
    return [...this.#found.values()].filter(({ file }) => inputs.includes(`${namespace}:${file}`));
  }

  readonly plugin: Plugin = {
    name: namespace,
    setup: (esbuild) => {
      esbuild.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === namespace || kind === "entry-point") return undefined;
        if (isBuiltin(path) || path.startsWith("@covey/")) return undefined;
        const resolved = await esbuild.resolve(path, { kind, resolveDir, pluginData: namespace });
        if (resolved.errors.length > 0) return { errors: resolved.errors };
        const file = `${path.replace(/^@/, "").replaceAll("/", "-")}.js`;
        this.#found.set(path, { entry: resolved.path, file });
        return { path: file, namespace, sideEffects: resolved.sideEffects };
      });
      esbuild.onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: loader(path),
        loader: "js",
      }));
    },
  };
}

/** By `createRequire`, which is there in a single executable too; `__dirname` is where the program itself lies, links resolved. */
function loader(file: string): string {
  return `
const path = require("node:path").join(__dirname, "lib", ${JSON.stringify(file)});
try {
  module.exports = require("node:module").createRequire(__filename)(path);
} catch (cause) {
  throw new Error(path + " cannot be loaded: it belongs beside the provider's own program, which is not wholly installed", { cause });
}`;
}
