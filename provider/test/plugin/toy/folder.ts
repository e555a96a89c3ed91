/** The toy's data source, and what its provider is configured with: the folder that all files are in. */
import { join } from "node:path";
import { attributes, withProviderData } from "@covey/provider/plugin";

export interface Folder {
  readonly path: string;
}

export const toyOf = withProviderData<Folder>();

export const folder = toyOf.dataSource({
  type: "toy_folder",
  schema: {
    attributes: {
      name: attributes.string({ required: true }),
      path: attributes.string({ computed: true }),
      module: attributes.string({ computed: true, description: "From the module's meta block." }),
    },
  },
  read: (context, config) =>
    Promise.resolve({
      ...config,
      path: join(context.providerData.path, config.name),
      module: text(context.providerMeta?.["module"]),
    }),
});

/** Of values whose type only we know. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "none";
}
