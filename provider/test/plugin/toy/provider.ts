/** A provider whose resource is a file on disk: small enough to read, complete enough to prove the framework. */
import { attributes, isUnknown } from "@covey/provider/plugin";
import { file } from "./file";
import { folder, toyOf } from "./folder";
import { describe, joinPath } from "./functions";
import { note } from "./note";
import { token } from "./token";

const { string } = attributes;

export const toy = toyOf.provider({
  name: "toy",
  address: "example.invalid/acme/toy",
  version: "0.1.0",
  schema: { attributes: { path: string({ required: true }) } },
  meta: { attributes: { module: string({ optional: true }) } },
  validate(context, { path }) {
    if (isUnknown(path) || path.startsWith("/")) return;
    context.diagnostics.error("Relative path", "Give the folder from the root on.", ["path"]);
  },
  configure: (_context, { path }) => ({ path: isUnknown(path) ? "" : path }),
  resources: [file, note],
  dataSources: [folder],
  functions: [joinPath, describe],
  ephemeralResources: [token],
});
