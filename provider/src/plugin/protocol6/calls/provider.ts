/** Calls about the provider as a whole. */
import {
  capabilities,
  diagnostics,
  dynamic,
  FunctionMessage,
  IdentitySchema,
  SchemaMessage,
  ServerCapabilities,
} from "../messages";
import { map, message, nested, repeated, string } from "../protobuf";

const TypeName = message({ type_name: string(1) });
const FunctionName = message({ name: string(1) });

export const GetMetadata = {
  request: message({}),
  response: message({
    server_capabilities: nested(1, () => ServerCapabilities),
    diagnostics: diagnostics(2),
    data_sources: repeated(3, () => TypeName),
    resources: repeated(4, () => TypeName),
    functions: repeated(5, () => FunctionName),
    ephemeral_resources: repeated(6, () => TypeName),
  }),
};

export const GetProviderSchema = {
  request: message({}),
  response: message({
    provider: nested(1, () => SchemaMessage),
    resource_schemas: map(2, () => SchemaMessage),
    data_source_schemas: map(3, () => SchemaMessage),
    diagnostics: diagnostics(4),
    provider_meta: nested(5, () => SchemaMessage),
    server_capabilities: nested(6, () => ServerCapabilities),
    functions: map(7, () => FunctionMessage),
    ephemeral_resource_schemas: map(8, () => SchemaMessage),
  }),
};

export const GetResourceIdentitySchemas = {
  request: message({}),
  response: message({
    identity_schemas: map(1, () => IdentitySchema),
    diagnostics: diagnostics(2),
  }),
};

export const ValidateProviderConfig = {
  request: message({ config: dynamic(1) }),
  response: message({ diagnostics: diagnostics(2) }),
};

export const ConfigureProvider = {
  request: message({
    terraform_version: string(1),
    config: dynamic(2),
    client_capabilities: capabilities(3),
  }),
  response: message({ diagnostics: diagnostics(1) }),
};

export const StopProvider = { request: message({}), response: message({ error: string(1) }) };
