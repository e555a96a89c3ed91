import { join } from "node:path";
import { functionSections } from "./function-page";
import { exampleSection, importSection, renderPage } from "./page";
import type { DocumentedFunction, DocumentedProvider, DocumentedType } from "./provider";
import { schemaSection } from "./schema-section";

/** Where a kind's pages and examples lie, and what they are called: fixed by the Terraform registry. */
interface Kind {
  readonly folder: string;
  readonly title: string;
  readonly example: string;
}

const resource: Kind = { folder: "resources", title: "Resource", example: "resource.tf" };
const dataSource: Kind = {
  folder: "data-sources",
  title: "Data Source",
  example: "data-source.tf",
};
const ephemeral: Kind = {
  folder: "ephemeral-resources",
  title: "Ephemeral Resource",
  example: "ephemeral-resource.tf",
};

/** All pages by path below `docs/`, in Markdown that is not formatted yet. `examples` is a folder in the registry's layout. */
export function registryPages(
  provider: DocumentedProvider,
  examples: string,
): ReadonlyMap<string, string> {
  const { name, resources, dataSources = [], ephemeralResources = [], functions = [] } = provider;
  const typePages = (kind: Kind, all: readonly { readonly definition: DocumentedType }[]) =>
    all.map(({ definition }) => typePage(name, kind, definition, examples));
  return new Map([
    indexPage(provider, examples),
    ...typePages(resource, resources),
    ...typePages(dataSource, dataSources),
    ...typePages(ephemeral, ephemeralResources),
    ...functions.map(({ definition }) => functionPage(name, definition, examples)),
  ]);
}

type Page = readonly [path: string, text: string];

function indexPage({ name, schema }: DocumentedProvider, examples: string): Page {
  const text = renderPage({
    title: `Provider: ${name}`,
    heading: `${name} Provider`,
    description: schema.description ?? "",
    deprecation: schema.deprecation,
    sections: [...exampleSection(join(examples, "provider/provider.tf")), schemaSection(schema)],
  });
  return ["index.md", text];
}

function typePage(
  provider: string,
  kind: Kind,
  { type, schema }: DocumentedType,
  examples: string,
): Page {
  const folder = join(examples, kind.folder, type);
  const text = renderPage({
    title: `${type} ${kind.title} - terraform-provider-${provider}`,
    heading: `${type} (${kind.title})`,
    description: schema.description ?? "",
    deprecation: schema.deprecation,
    sections: [
      ...exampleSection(join(folder, kind.example)),
      schemaSection(schema),
      ...importSection(folder),
    ],
  });
  return [`${kind.folder}/${type.replace(`${provider}_`, "")}.md`, text];
}

function functionPage(provider: string, definition: DocumentedFunction, examples: string): Page {
  const { name, summary = "", description = summary, deprecation } = definition;
  const text = renderPage({
    title: `${name} function - terraform-provider-${provider}`,
    heading: `function: ${name}`,
    description,
    deprecation,
    sections: [
      ...exampleSection(join(examples, "functions", name, "function.tf")),
      ...functionSections(definition),
    ],
  });
  return [`functions/${name}.md`, text];
}
