import { DiagnosticCollector } from "../diagnostics/collector";
import { formatPath } from "../diagnostics/path";
import {
  alsoRequires,
  attributes,
  eachElement,
  oneOf,
  preferWriteOnly,
  stringMatches,
  types,
} from "../index";
import { InProcessTerraform } from "../testing";
import { withProviderData } from "./define";
import { validateConfig } from "./validate";
import type { Value } from "../values/value";

const { list, listNested, map, set, setNested, single, string } = attributes;
const word = stringMatches(/^[a-z]+$/u, "a word of a-z");

const schema = {
  attributes: {
    names: list(types.string, { optional: true, validators: [eachElement(word)] }),
    tags: map(types.string, { optional: true, validators: [eachElement(word)] }),
    zones: set(types.string, { optional: true, validators: [eachElement(word)] }),
    parts: listNested(
      { names: list(types.string, { optional: true, validators: [eachElement(word)] }) },
      { optional: true },
    ),
    rules: setNested({ name: string({ optional: true, validators: [word] }) }, { optional: true }),
    password: string({
      optional: true,
      sensitive: true,
      validators: [oneOf("correct horse"), preferWriteOnly("password_wo")],
    }),
    password_wo: string({ optional: true, writeOnly: true, validators: [word] }),
    login: single(
      { user: string({ optional: true, validators: [word] }), key: string({ optional: true }) },
      { optional: true, sensitive: true, validators: [alsoRequires("user", "key")] },
    ),
  },
};

const NOTHING = Object.fromEntries(Object.keys(schema.attributes).map((name) => [name, null]));

function findings(config: Readonly<Record<string, Value>>, writeOnlyAllowed = true): string[] {
  const diagnostics = new DiagnosticCollector();
  validateConfig(schema, { ...NOTHING, ...config }, diagnostics, writeOnlyAllowed);
  return diagnostics.all.map(
    ({ severity, path, detail }) => `${severity} at ${formatPath(path)}: ${detail}`,
  );
}

it.each<[string, Readonly<Record<string, Value>>, RegExp]>([
  ["an element of a list", { names: ["a", "1"] }, /^error at names\[1\]: Must be a word/u],
  ["a value of a map", { tags: { x: "1" } }, /^error at tags\.x: Must be a word/u],
  ["a set as a whole", { zones: ["1"] }, /^error at zones: Must be a word of a-z in every/u],
  [
    "an element within a nested object",
    { parts: [{ names: null }, { names: ["1"] }] },
    /^error at parts\[1\]\.names\[0\]: Must be/u,
  ],
  [
    "an attribute of an object",
    { login: { user: "me", key: null } },
    /^error at login\.user: With/u,
  ],
])("a problem points at %s", (_name, config, expected) => {
  expect(findings(config)).toEqual([expect.stringMatching(expected)]);
});

it("what was found in a sensitive or write-only attribute is not told, nor inside one", () => {
  const told = findings({
    password: "hunter2",
    password_wo: "HUNTER3",
    login: { user: "HUNTER4", key: "x" },
  });
  expect(told).toEqual([
    'error at password: Must be one of "correct horse". (The value is sensitive and not shown.)',
    expect.stringMatching(/^warning at password: Use the write-only attribute password_wo/u),
    "error at password_wo: Must be a word of a-z. (The value is sensitive and not shown.)",
    "error at login.user: Must be a word of a-z. (The value is sensitive and not shown.)",
  ]);
});

it.each([
  [true, ["Write-only alternative available"]],
  [false, []],
])(
  "a write-only alternative is offered if Terraform has such (%p)",
  async (writeOnly, expected) => {
    const define = withProviderData<Record<string, never>>();
    const { password, password_wo } = schema.attributes;
    const thing = define.resource({
      type: "test_thing",
      schema: { attributes: { password, password_wo } },
      create: (_context, plan) => Promise.resolve(plan),
      read: (_context, state) => Promise.resolve(state),
      delete: () => Promise.resolve(),
    });
    const core = new InProcessTerraform(
      define.provider({
        name: "test",
        address: "example.invalid/test/test",
        version: "0.0.0",
        schema: { attributes: {} },
        configure: () => ({}),
        resources: [thing],
      }),
      { allow: { writeOnly } },
    );
    const found = await core.validate("test_thing", { password: "correct horse" });
    expect(found.map(({ summary }) => summary)).toEqual(expected);
  },
);
