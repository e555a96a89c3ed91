import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attributes, exactlyOneOf, oneOf, requiresReplace, types } from "../../provider/src/plugin";
import { firstSentence } from "./page";
import { registryPages } from "./pages";
import type { DocumentedProvider } from "./provider";

const { string, number, list, listNested, single } = attributes;

const schema = {
  description: "A thing of `v1.2` kind. And more.",
  validators: [exactlyOneOf("name", "names")],
  attributes: {
    name: string({ required: true, description: "its name", planModifiers: [requiresReplace()] }),
    kind: string({ optional: true, default: "a", validators: [oneOf("a", "b")] }),
    password: string({ optional: true, sensitive: true, writeOnly: true }),
    old: string({ optional: true, deprecation: "Use name" }),
    parts: listNested(
      {
        size: number({ required: true }),
        inner: single({ x: string({ computed: true }) }, { computed: true }),
      },
      { optional: true },
    ),
    tags: list(types.object({ key: types.string }), { computed: true }),
  },
};

const provider: DocumentedProvider = {
  name: "toy",
  schema: { attributes: {} },
  resources: [{ definition: { type: "toy_thing", schema } }],
  dataSources: [{ definition: { type: "toy_folder", schema } }],
  ephemeralResources: [{ definition: { type: "toy_token", schema } }],
  functions: [
    {
      definition: {
        name: "join",
        summary: "Joins names.",
        parameters: { base: { type: types.string, description: "where it begins" } },
        variadic: { name: "names", type: types.list(types.string), nullable: true },
        returns: types.string,
      },
    },
  ],
};

describe("pages for the Terraform registry", () => {
  const examples = mkdtempSync(join(tmpdir(), "covey-docs-"));
  const thing = join(examples, "resources/toy_thing");
  mkdirSync(thing, { recursive: true });
  writeFileSync(join(thing, "resource.tf"), 'resource "toy_thing" "this" {}\n');
  writeFileSync(join(thing, "import.sh"), "terraform import toy_thing.this ID\n");
  const pages = registryPages(provider, examples);
  const page = pages.get("resources/thing.md") ?? "";

  afterAll(() => {
    rmSync(examples, { recursive: true, force: true });
  });

  it("lie where the registry looks for each kind", () => {
    expect([...pages.keys()]).toEqual([
      "index.md",
      "resources/thing.md",
      "data-sources/folder.md",
      "ephemeral-resources/token.md",
      "functions/join.md",
    ]);
  });

  it("begin with frontmatter and the description", () => {
    expect(page).toContain(`page_title: "toy_thing Resource - terraform-provider-toy"
subcategory: ""
description: "A thing of v1.2 kind."
---

# toy_thing (Resource)

A thing of \`v1.2\` kind. And more.`);
  });

  it("have example and import from the examples, and neither where there is none", () => {
    expect(page).toContain('## Example Usage\n\n```terraform\nresource "toy_thing" "this" {}\n```');
    expect(page).toContain("```shell\nterraform import toy_thing.this ID\n```");
    expect(pages.get("data-sources/folder.md")).not.toMatch(/## (Example|Import)/u);
  });

  it("say of each attribute what it is, its default, its rules and what a change does", () => {
    expect(page).toContain(`## Schema

Rule: exactly one of name, names.

### Required

- \`name\` (String) Its name. A change replaces the resource.

### Optional

- \`kind\` (String) Default: \`"a"\`. Rule: one of "a", "b".
- \`old\` (String, Deprecated) **Deprecated:** Use name.
- \`parts\` (Attributes List) (see [below for nested schema](#nestedatt--parts))
- \`password\` (String, Sensitive, [Write-only](#write-only))

### Read-Only

- \`tags\` (List of Object (key: String))`);
  });

  it("describe nested attributes below, at every depth", () => {
    expect(page).toContain(`<a id="nestedatt--parts"></a>

### Nested Schema for \`parts\`

Required:

- \`size\` (Number)

Read-Only:

- \`inner\` (Attributes) (see [below for nested schema](#nestedatt--parts--inner))

<a id="nestedatt--parts--inner"></a>

### Nested Schema for \`parts.inner\`

Read-Only:

- \`x\` (String)`);
    expect(page).toContain('<a id="write-only"></a>');
  });

  it("give a function's signature and arguments", () => {
    const text = pages.get("functions/join.md");
    expect(text).toContain("```text\njoin(base string, names list(string)...) string\n```");
    expect(text).toContain("1. `base` (String) Where it begins.");
    expect(text).toContain("2. `names` (List of String, Nullable)");
  });

  it("are never longer than what the registry shows", () => {
    const long = { ...schema, description: "x".repeat(500_000) };
    const resources = [{ definition: { type: "toy_thing", schema: long } }];
    expect(() => registryPages({ ...provider, resources }, examples)).toThrow(/500000 bytes/u);
  });

  it("take the first sentence as summary", () => {
    expect(firstSentence("Runs `a.b`\nfor *you*. Then more.")).toBe("Runs a.b for you.");
    expect(firstSentence("No stop")).toBe("No stop");
  });
});
