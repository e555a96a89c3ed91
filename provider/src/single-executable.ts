/**
 * Main of the provider as a single executable, Node.js and all. It is the provider, and also the Node runtime that
 * `covey_node` puts on machines: called like `node [--FLAG...] FILE.js [ARGUMENT...]` it runs that file.
 */
import Module from "node:module";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";

/** What `node` would make of these arguments; undefined: they name no script. */
function scriptCall(
  args: readonly string[],
):
  | { readonly flags: readonly string[]; readonly script: string; readonly rest: readonly string[] }
  | undefined {
  const at = args.findIndex((argument) => !argument.startsWith("--"));
  const script = args[at];
  if (script?.endsWith(".js") !== true) return undefined;
  return { flags: args.slice(0, at), script: resolve(script), rest: args.slice(at + 1) };
}

const call = scriptCall(process.argv.slice(2));
if (call === undefined) {
  void import("./main.js");
} else {
  // V8 alone reads them here, and too late for sizes of the heap; those take effect from NODE_OPTIONS.
  for (const flag of call.flags) setFlagsFromString(flag);
  process.argv = [process.execPath, call.script, ...call.rest];
  Module.runMain();
}
