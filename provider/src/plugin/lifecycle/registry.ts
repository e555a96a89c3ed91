import { nameProblem, schemaProblems } from "../schema/check";
import type { Attributes } from "../schema/attribute";
import type { Schema } from "../schema/schema";
import type { Type } from "../values/type";
import type {
  DataSourceDefinition,
  Provider,
  ProviderDefinition,
  ResourceDefinition,
} from "./definitions";
import type { EphemeralResourceDefinition } from "./ephemeral-resource";
import type { FunctionDefinition } from "./function";
import { identityType } from "./identity";

/** All that a provider is made of, by name. */
export class Registry {
  readonly provider: ProviderDefinition;
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly dataSources: ReadonlyMap<string, DataSourceDefinition>;
  readonly ephemeralResources: ReadonlyMap<string, EphemeralResourceDefinition>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;

  /** Throws an Error that lists every mistake, when a schema is unsound or a name is taken twice. */
  constructor({ definition }: Provider) {
    const { resources, dataSources = [], ephemeralResources = [], functions = [] } = definition;
    this.provider = definition;
    this.resources = byName(resources, ({ type }) => type);
    this.dataSources = byName(dataSources, ({ type }) => type);
    this.ephemeralResources = byName(ephemeralResources, ({ type }) => type);
    this.functions = byName(functions, ({ name }) => name);
    const problems = [
      ...schemaProblems("provider", definition.schema, "provider"),
      ...(definition.meta === undefined
        ? []
        : schemaProblems("provider_meta", definition.meta, "meta")),
      ...[...this.resources.values()].flatMap(resourceProblems),
      ...[...this.dataSources.values()].flatMap(storedNowhere),
      ...[...this.ephemeralResources.values()].flatMap(storedNowhere),
      ...[...this.functions.values()].flatMap(functionProblems),
    ];
    if (problems.length > 0) throw new Error(`unsound schema:\n${problems.join("\n")}`);
  }
}

function byName<D>(
  all: readonly { readonly definition: D }[],
  nameOf: (definition: D) => string,
): ReadonlyMap<string, D> {
  const map = new Map<string, D>();
  for (const { definition } of all) {
    const name = nameOf(definition);
    if (map.has(name)) throw new Error(`two definitions have the same name, "${name}"`);
    map.set(name, definition);
  }
  return map;
}

function resourceProblems({ type, schema, identity }: ResourceDefinition): string[] {
  const problems = [...misnamed("resource", type), ...schemaProblems(type, schema)];
  if (identity === undefined) return problems;
  const of = identityType(identity);
  const parts = of.kind === "object" ? Object.entries(of.attributes) : [];
  if (parts.length === 0) problems.push(`${type}: an identity needs at least one attribute`);
  for (const [name, part] of parts) {
    problems.push(...misnamed(`${type}: identity attribute`, name));
    if (!isPrimitive(part.kind === "list" ? part.element : part)) {
      problems.push(
        `${type}: identity attribute ${name}: must be a string, number, bool or a list of these`,
      );
    }
  }
  return problems;
}

function isPrimitive({ kind }: Type): boolean {
  return kind === "string" || kind === "number" || kind === "bool";
}

/** Write-only means "not in the state", so it makes sense only where there is one. */
function storedNowhere({
  type,
  schema,
}: {
  readonly type: string;
  readonly schema: Schema;
}): string[] {
  return [
    ...misnamed("type", type),
    ...schemaProblems(type, schema),
    ...writeOnlyPaths(schema.attributes, type).map(
      (path) => `${path}: only resources can have write-only attributes`,
    ),
  ];
}

function writeOnlyPaths(attributes: Attributes, path: string): string[] {
  return Object.entries(attributes).flatMap(([name, { writeOnly, nested }]) => [
    ...(writeOnly === true ? [`${path}.${name}`] : []),
    ...(nested === undefined ? [] : writeOnlyPaths(nested.attributes, `${path}.${name}`)),
  ]);
}

function functionProblems({ name, parameters, variadic }: FunctionDefinition): string[] {
  const names = [...Object.keys(parameters), ...(variadic === undefined ? [] : [variadic.name])];
  return [
    ...[name, ...names].flatMap((one) => misnamed(`function ${name}`, one)),
    ...(new Set(names).size === names.length
      ? []
      : [`function ${name}: two parameters have the same name`]),
  ];
}

function misnamed(what: string, name: string): string[] {
  const problem = nameProblem(name);
  return problem === undefined ? [] : [`${what}: "${name}": ${problem}`];
}
