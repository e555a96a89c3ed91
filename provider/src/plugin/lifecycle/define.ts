import type { Schema } from "../schema/schema";
import type {
  DataSource,
  DataSourceDefinition,
  Provider,
  ProviderDefinition,
  Resource,
  ResourceDefinition,
} from "./definitions";

/** The three `define` functions for a provider whose `configure` returns `D`, so that `context.providerData` is a `D`. */
export interface Definer<D> {
  resource<S extends Schema>(definition: ResourceDefinition<S, D>): Resource<D>;
  dataSource<S extends Schema>(definition: DataSourceDefinition<S, D>): DataSource<D>;
  provider<S extends Schema>(definition: ProviderDefinition<S, D>): Provider;
}

/** `const covey = withProviderData<Connection>(); export const node = covey.resource({ ... })`. */
export function withProviderData<D>(): Definer<D> {
  return {
    resource: defineResource,
    dataSource: defineDataSource,
    provider: defineProvider,
  };
}

export function defineResource<S extends Schema, D = unknown>(
  definition: ResourceDefinition<S, D>,
): Resource<D> {
  return { definition: definition };
}

export function defineDataSource<S extends Schema, D = unknown>(
  definition: DataSourceDefinition<S, D>,
): DataSource<D> {
  return { definition: definition };
}

export function defineProvider<S extends Schema, D = unknown>(
  definition: ProviderDefinition<S, D>,
): Provider {
  return { definition: definition as unknown as ProviderDefinition };
}
