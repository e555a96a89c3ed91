import { DYNAMIC, type Type } from "../values/type";
import type { Attribute, Attributes } from "./attribute";
import { attributes } from "./attributes";
import { blocks } from "./blocks";
import { nameProblem, schemaProblems, type SchemaOf } from "./check";
import { useStateForUnknown } from "./plan-modifiers";
import { types } from "./types";
import { alsoRequires, exactlyOneOf } from "./validators/fields";

const { listNested, mapNested, set, setNested, single, string } = attributes;
const name = string({ required: true });
const secret = string({ optional: true, writeOnly: true });

function problems(of: Attributes, validators: ReturnType<typeof exactlyOneOf>[] = []): string[] {
  return schemaProblems("thing", { attributes: of, validators });
}

function typed(type: Type, more: Partial<Attribute> = { optional: true }): Attribute {
  return { type, ...more };
}

it("a sound schema has no problems", () => {
  const of = {
    id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    name,
    mode: string({ optional: true, default: "x" }),
    plain: string({ default: "x" }),
    open: typed(DYNAMIC),
    secret,
    login: single({ secret }, { optional: true, writeOnly: true }),
    parts: listNested({ name, secret }, { optional: true }),
    rules: setNested({ name, id: string({ computed: true }) }, { optional: true }),
    tags: set(types.string, { optional: true, computed: true }),
  };
  expect(problems(of, [exactlyOneOf("name", "login.secret")])).toEqual([]);
});

it.each<[string, Attribute, string]>([
  ["no flag", string({}), "one of required, optional, computed, default must be set"],
  [
    "required and optional",
    string({ required: true, optional: true }),
    "required and optional exclude each other",
  ],
  [
    "required and computed",
    string({ required: true, computed: true }),
    "required and computed exclude each other",
  ],
  [
    "required with a default",
    string({ required: true, default: "x" }),
    "a required attribute cannot have a default",
  ],
  [
    "only computed with a default",
    string({ computed: true, default: "x" }),
    "a default makes an attribute optional; leave computed out or add optional",
  ],
  [
    "a default of null",
    typed(DYNAMIC, { optional: true, default: null }),
    "a default of null is none; leave it out",
  ],
  [
    "write-only and computed",
    string({ optional: true, computed: true, writeOnly: true }),
    "write-only cannot be computed",
  ],
  [
    "write-only with a default",
    string({ optional: true, writeOnly: true, default: "x" }),
    "write-only cannot have a default",
  ],
  [
    "write-only with a plan modifier",
    string({ optional: true, writeOnly: true, planModifiers: [useStateForUnknown()] }),
    "write-only is null in every plan, so plan modifiers do nothing",
  ],
  [
    "write-only around what is stored",
    single({ name }, { optional: true, writeOnly: true }),
    "attributes inside a write-only one must be write-only too",
  ],
  [
    "computed around what is write-only",
    single({ secret }, { optional: true, computed: true }),
    "what the provider may set cannot have write-only attributes inside",
  ],
  ["nothing inside", listNested({}, { optional: true }), "needs an attribute inside"],
  [
    "a set of dynamic values",
    typed({ kind: "set", element: { kind: "object", attributes: { a: DYNAMIC } } }),
    "dynamic is not possible inside a list, set or map",
  ],
  [
    "a list of dynamic values",
    typed({ kind: "list", element: DYNAMIC }),
    "dynamic is not possible inside a list, set or map",
  ],
  [
    "a rule about an attribute that is not there",
    single({ name }, { optional: true, validators: [alsoRequires("name", "nmae")] }),
    'a rule names "nmae", which is no attribute here',
  ],
])("an attribute with %s is refused", (_name, attribute, rule) => {
  expect(problems({ it: attribute })).toEqual([`thing.it: ${rule}`]);
});

it.each<[string, Attribute, string]>([
  ["in a list", listNested({ it: string({}) }, { optional: true }), "at.it: one of required"],
  ["in a map", mapNested({ "B-": name }, { optional: true }), "at.B-: names consist of a-z"],
  ["in a set", setNested({ it: secret }, { optional: true }), "at.it: write-only is not possible"],
  [
    "deep in a set",
    setNested({ of: listNested({ it: secret }, { optional: true }) }, { optional: true }),
    "at.of.it: write-only is not possible",
  ],
  [
    "of a dynamic value deep in a set",
    single({ it: setNested({ any: typed(DYNAMIC) }, { optional: true }) }, { optional: true }),
    "at.it: dynamic is not possible",
  ],
  ["in a block", blocks.list({ it: string({}) }, {}), "at.it: one of required"],
  [
    "of a block's count",
    blocks.list({ name }, { minItems: 2, maxItems: 1 }),
    "at: minItems must not exceed maxItems",
  ],
  [
    "of a block in an attribute",
    single({ it: blocks.single({ name }, {}) }, { optional: true }),
    "at.it: blocks are not possible inside nested attributes",
  ],
  ["in a set of blocks", blocks.set({ it: secret }, {}), "at.it: write-only is not possible"],
])("a mistake %s is named by its path", (_name, attribute, expected) => {
  expect(problems({ at: attribute })).toEqual([expect.stringContaining(`thing.${expected}`)]);
});

it.each<[SchemaOf, string, boolean]>([
  ["resource", "count", true],
  ["resource", "for_each", true],
  ["resource", "provider", true],
  ["resource", "depends_on", true],
  ["resource", "lifecycle", true],
  ["resource", "connection", true],
  ["resource", "provisioner", true],
  ["resource", "version", false],
  ["provider", "alias", true],
  ["provider", "version", true],
  ["provider", "connection", false],
  ["meta", "count", false],
])("in the schema of a %s, %s is reserved: %p", (of, attribute, reserved) => {
  const found = schemaProblems("thing", { attributes: { [attribute]: name } }, of);
  expect(found).toEqual(reserved ? [`thing.${attribute}: Terraform reserves this name`] : []);
});

it("reserved names are free inside nested attributes", () => {
  expect(problems({ it: single({ count: name, version: name }, { optional: true }) })).toEqual([]);
});

it("rules over attributes may name only what is there", () => {
  const rules = [exactlyOneOf("name", "it.name", "it.gone", "gone.name", "name.x")];
  const found = problems({ name, it: single({ name }, { optional: true }) }, rules);
  expect(found).toEqual(
    ["it.gone", "gone.name", "name.x"].map(
      (missing) => `thing: a rule names "${missing}", which is no attribute here`,
    ),
  );
});

it.each([
  ["a", true],
  ["_a9", true],
  ["", false],
  ["9a", false],
  ["a-b", false],
  ["aB", false],
  ["ä", false],
])("the name %p is allowed: %p", (text, allowed) => {
  expect(nameProblem(text) === undefined).toBe(allowed);
});
