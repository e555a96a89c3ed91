/** Calls about the provider as a whole. */
import { toModel } from "../../lifecycle/model";
import { guarded, operationContext } from "../../lifecycle/scope";
import { validateDefinition } from "../../lifecycle/validate-definition";
import { objectTypeOf } from "../../schema/attributes";
import type { Schema } from "../../schema/schema";
import type { Handlers } from "../calls";
import { functionToWire, identitySchemaToWire } from "../declarations";
import { dynamicFromWire } from "../from-wire";
import type { SchemaMessageValue } from "../messages";
import type { Session } from "../session";
import { schemaToWire } from "../to-wire";

type ProviderHandlers = Pick<
  Handlers,
  | "GetMetadata"
  | "GetProviderSchema"
  | "GetResourceIdentitySchemas"
  | "ValidateProviderConfig"
  | "ConfigureProvider"
  | "StopProvider"
>;

export function providerHandlers(session: Session): ProviderHandlers {
  const { registry } = session;
  const { provider } = registry;
  return {
    GetMetadata: () =>
      Promise.resolve({
        server_capabilities: capabilities(session),
        resources: typeNames(registry.resources),
        data_sources: typeNames(registry.dataSources),
        ephemeral_resources: typeNames(registry.ephemeralResources),
        functions: [...registry.functions.keys()].map((name) => ({ name })),
      }),

    GetProviderSchema: () =>
      Promise.resolve({
        provider: schemaToWire(provider.schema),
        ...(provider.meta === undefined ? {} : { provider_meta: schemaToWire(provider.meta) }),
        resource_schemas: schemas(registry.resources),
        data_source_schemas: schemas(registry.dataSources),
        ephemeral_resource_schemas: schemas(registry.ephemeralResources),
        functions: mapped(registry.functions, functionToWire),
        server_capabilities: capabilities(session),
      }),

    GetResourceIdentitySchemas: () => {
      const identified = [...registry.resources].flatMap(([type, { identity }]) =>
        identity === undefined ? [] : [[type, identitySchemaToWire(identity)] as const],
      );
      return Promise.resolve({ identity_schemas: new Map(identified) });
    },

    ValidateProviderConfig: (request) => {
      const subject = { method: "ValidateProviderConfig", schema: provider.schema } as const;
      return session.call(subject, {}, async (scope) => {
        await validateDefinition(provider, dynamicFromWire(provider.schema, request.config), scope);
        return {};
      });
    },

    ConfigureProvider: (request) => {
      const subject = { method: "ConfigureProvider", schema: provider.schema } as const;
      return session.call(subject, request, async (scope) => {
        const value = dynamicFromWire(provider.schema, request.config);
        await guarded(scope, `Configuring provider ${provider.name}`, async () => {
          const context = { ...operationContext(scope), defer: scope.deferral.defer };
          const model = toModel(objectTypeOf(provider.schema.attributes), value) as Readonly<
            Record<string, never>
          >;
          session.providerData = await provider.configure(context, model);
        });
        session.providerDeferral = scope.deferral.reason;
        return {};
      });
    },

    StopProvider: () => {
      session.stop();
      return Promise.resolve({ error: "" });
    },
  };
}

function capabilities({ registry }: Session) {
  return {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: [...registry.resources.values()].some(
      (definition) => definition.move !== undefined,
    ),
  };
}

function typeNames(all: ReadonlyMap<string, unknown>): { readonly type_name: string }[] {
  return [...all.keys()].map((type_name) => ({ type_name }));
}

function schemas(
  all: ReadonlyMap<string, { readonly schema: Schema; readonly version?: number }>,
): ReadonlyMap<string, SchemaMessageValue> {
  return mapped(all, ({ schema, version }) => schemaToWire(schema, version));
}

function mapped<A, B>(all: ReadonlyMap<string, A>, each: (one: A) => B): ReadonlyMap<string, B> {
  return new Map([...all].map(([name, one]) => [name, each(one)]));
}
