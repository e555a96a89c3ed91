import type { ElementType } from "../schema/attribute";
import type { Schema } from "../schema/schema";
import type {
  DataSource,
  DataSourceDefinition,
  Provider,
  ProviderDefinition,
  Resource,
  ResourceDefinition,
} from "./definitions";
import type { EphemeralResource, EphemeralResourceDefinition } from "./ephemeral-resource";
import type { FunctionDefinition, Parameter, Parameters, ProviderFunction } from "./function";
import type { IdentityAttributes } from "./identity";

/** The `define` functions for a provider whose `configure` returns `D`, so that `context.providerData` is a `D`. */
export interface Definer<D> {
  resource<S extends Schema, const I extends IdentityAttributes>(
    definition: ResourceDefinition<S, D, I>,
  ): Resource<D>;
  dataSource<S extends Schema>(definition: DataSourceDefinition<S, D>): DataSource<D>;
  ephemeralResource<S extends Schema>(
    definition: EphemeralResourceDefinition<S, D>,
  ): EphemeralResource<D>;
  provider<S extends Schema>(definition: ProviderDefinition<S, D>): Provider;
}

/** `const covey = withProviderData<Connection>(); export const node = covey.resource({ ... })`. */
export function withProviderData<D>(): Definer<D> {
  return {
    resource: defineResource,
    dataSource: defineDataSource,
    ephemeralResource: defineEphemeralResource,
    provider: defineProvider,
  };
}

export function defineResource<
  S extends Schema,
  D = unknown,
  const I extends IdentityAttributes = IdentityAttributes,
>(definition: ResourceDefinition<S, D, I>): Resource<D> {
  return { definition: definition };
}

export function defineDataSource<S extends Schema, D = unknown>(
  definition: DataSourceDefinition<S, D>,
): DataSource<D> {
  return { definition: definition };
}

export function defineEphemeralResource<S extends Schema, D = unknown>(
  definition: EphemeralResourceDefinition<S, D>,
): EphemeralResource<D> {
  return { definition: definition };
}

/** Functions know nothing of the provider's configuration, so they need no `withProviderData`. */
export function defineFunction<
  const P extends Parameters,
  R extends ElementType,
  const V extends Parameter = never,
>(definition: FunctionDefinition<P, V, R>): ProviderFunction {
  return { definition: definition };
}

export function defineProvider<S extends Schema, D = unknown>(
  definition: ProviderDefinition<S, D>,
): Provider {
  return { definition: definition as unknown as ProviderDefinition };
}
