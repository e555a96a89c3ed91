import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface PageContents {
  /** "covey_node Resource - terraform-provider-covey". */
  readonly title: string;
  readonly heading: string;
  /** Markdown; its first sentence also stands in search results. */
  readonly description: string;
  readonly deprecation: string | undefined;
  /** Sections from `## ...` on. */
  readonly sections: readonly string[];
}

/** The registry cuts what is longer. */
const pageBytesMax = 500_000;

/** Frontmatter and Markdown as the Terraform registry takes them. @throws Error for a page that it would cut */
export function renderPage(contents: PageContents): string {
  const { title, heading, description, deprecation, sections } = contents;
  const text = [
    [
      "---",
      "# Generated from the provider's schemas: `npm run generate` makes it anew.",
      `page_title: ${JSON.stringify(title)}`,
      'subcategory: ""',
      `description: ${JSON.stringify(firstSentence(description))}`,
      "---",
    ].join("\n"),
    `# ${heading}`,
    ...(deprecation === undefined ? [] : [`~> **Deprecated.** ${deprecation}`]),
    ...(description === "" ? [] : [description]),
    ...sections,
  ].join("\n\n");
  if (Buffer.byteLength(text) > pageBytesMax)
    throw new Error(`the page '${title}' has more than ${pageBytesMax} bytes`);
  return `${text}\n`;
}

/** `## Example Usage` from a file of the examples; nothing where there is none. */
export function exampleSection(file: string): string[] {
  if (!existsSync(file)) return [];
  return [`## Example Usage`, fenced("terraform", readFileSync(file, "utf8"))];
}

/** `## Import` from a shell script in the examples; nothing where there is none. */
export function importSection(folder: string): string[] {
  const script = join(folder, "import.sh");
  if (!existsSync(script)) return [];
  return [
    "## Import",
    "What exists already is taken into the state so:",
    fenced("shell", readFileSync(script, "utf8")),
  ];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

/** Up to the first full stop that ends a sentence, without Markdown's marks. */
export function firstSentence(markdown: string): string {
  const [first = ""] = /^.*?[.!?](?=\s|$)/su.exec(markdown) ?? [markdown];
  return first.replaceAll(/[`*]/gu, "").replaceAll(/\s+/gu, " ");
}
