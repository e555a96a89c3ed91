/**
 * The messages of Terraform's plugin protocol 6.8 that are spoken here, with the field numbers of tfplugin6.proto.
 * Whatever is not described is skipped on the way in and absent on the way out.
 */
import {
  bool,
  bytes,
  int,
  map,
  message,
  nested,
  present,
  repeated,
  string,
  type Message,
  type MessageOf,
} from "./protobuf";

const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });

const PathStep = message({
  attribute_name: present(string(1)),
  element_key_string: present(string(2)),
  element_key_int: present(int(3)),
});

export const AttributePath = message({ steps: repeated(1, () => PathStep) });

export const SEVERITY = { error: 1, warning: 2 } as const;

const Diagnostic = message({
  severity: int(1),
  summary: string(2),
  detail: string(3),
  attribute: nested(4, () => AttributePath),
});

const RawState = message({ json: bytes(1) });

const Capabilities = message({ deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) });

const ServerCapabilities = message({
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
});

export const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;
export const MARKDOWN = 1;

interface SchemaObject {
  readonly attributes: readonly Partial<SchemaAttribute>[];
  readonly nesting: number;
}

export interface SchemaAttribute {
  readonly name: string;
  readonly type: Uint8Array;
  readonly nested_type: Partial<SchemaObject> | undefined;
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly description_kind: number;
  readonly deprecated: boolean;
  readonly write_only: boolean;
}

const SchemaObjectMessage: Message<SchemaObject> = message({
  attributes: repeated(1, () => SchemaAttributeMessage),
  nesting: int(3),
});

const SchemaAttributeMessage: Message<SchemaAttribute> = message({
  name: string(1),
  type: bytes(2),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: int(8),
  deprecated: bool(9),
  nested_type: nested(10, () => SchemaObjectMessage),
  write_only: bool(11),
});

export interface SchemaBlock {
  readonly version: number;
  readonly attributes: readonly Partial<SchemaAttribute>[];
  readonly block_types: readonly Partial<SchemaNestedBlock>[];
  readonly description: string;
  readonly description_kind: number;
  readonly deprecated: boolean;
}

export interface SchemaNestedBlock {
  readonly type_name: string;
  readonly block: Partial<SchemaBlock> | undefined;
  readonly nesting: number;
  readonly min_items: number;
  readonly max_items: number;
}

const NestedBlock: Message<SchemaNestedBlock> = message({
  type_name: string(1),
  block: nested(2, () => Block),
  nesting: int(3),
  min_items: int(4),
  max_items: int(5),
});

const Block: Message<SchemaBlock> = message({
  version: int(1),
  attributes: repeated(2, () => SchemaAttributeMessage),
  block_types: repeated(3, () => NestedBlock),
  description: string(4),
  description_kind: int(5),
  deprecated: bool(6),
});

export const SchemaMessage = message({ version: int(1), block: nested(2, () => Block) });

const diagnostics = (number: number) => repeated(number, () => Diagnostic);
const dynamic = (number: number) => nested(number, () => DynamicValue);
const capabilities = (number: number) => nested(number, () => Capabilities);

const GetProviderSchema = {
  request: message({}),
  response: message({
    provider: nested(1, () => SchemaMessage),
    resource_schemas: map(2, () => SchemaMessage),
    data_source_schemas: map(3, () => SchemaMessage),
    diagnostics: diagnostics(4),
    server_capabilities: nested(6, () => ServerCapabilities),
  }),
};

const ValidateProviderConfig = {
  request: message({ config: dynamic(1) }),
  response: message({ diagnostics: diagnostics(2) }),
};

const ConfigureProvider = {
  request: message({
    terraform_version: string(1),
    config: dynamic(2),
    client_capabilities: capabilities(3),
  }),
  response: message({ diagnostics: diagnostics(1) }),
};

const StopProvider = { request: message({}), response: message({ error: string(1) }) };

const ValidateResourceConfig = {
  request: message({
    type_name: string(1),
    config: dynamic(2),
    client_capabilities: capabilities(3),
  }),
  response: message({ diagnostics: diagnostics(1) }),
};

const ValidateDataResourceConfig = {
  request: message({ type_name: string(1), config: dynamic(2) }),
  response: message({ diagnostics: diagnostics(1) }),
};

const UpgradeResourceState = {
  request: message({
    type_name: string(1),
    version: int(2),
    raw_state: nested(3, () => RawState),
  }),
  response: message({ upgraded_state: dynamic(1), diagnostics: diagnostics(2) }),
};

const ReadResource = {
  request: message({
    type_name: string(1),
    current_state: dynamic(2),
    private: bytes(3),
    provider_meta: dynamic(4),
    client_capabilities: capabilities(5),
  }),
  response: message({ new_state: dynamic(1), diagnostics: diagnostics(2), private: bytes(3) }),
};

export const PlanResourceChange = {
  request: message({
    type_name: string(1),
    prior_state: dynamic(2),
    proposed_new_state: dynamic(3),
    config: dynamic(4),
    prior_private: bytes(5),
    provider_meta: dynamic(6),
    client_capabilities: capabilities(7),
  }),
  response: message({
    planned_state: dynamic(1),
    requires_replace: repeated(2, () => AttributePath),
    planned_private: bytes(3),
    diagnostics: diagnostics(4),
  }),
};

export const ApplyResourceChange = {
  request: message({
    type_name: string(1),
    prior_state: dynamic(2),
    planned_state: dynamic(3),
    config: dynamic(4),
    planned_private: bytes(5),
    provider_meta: dynamic(6),
  }),
  response: message({ new_state: dynamic(1), private: bytes(2), diagnostics: diagnostics(3) }),
};

const ImportedResource = message({ type_name: string(1), state: dynamic(2), private: bytes(3) });

const ImportResourceState = {
  request: message({
    type_name: string(1),
    id: string(2),
    client_capabilities: capabilities(3),
  }),
  response: message({
    imported_resources: repeated(1, () => ImportedResource),
    diagnostics: diagnostics(2),
  }),
};

const ReadDataSource = {
  request: message({
    type_name: string(1),
    config: dynamic(2),
    provider_meta: dynamic(3),
    client_capabilities: capabilities(4),
  }),
  response: message({ state: dynamic(1), diagnostics: diagnostics(2) }),
};

export type DynamicValueMessage = Partial<MessageOf<typeof DynamicValue>>;
export type DiagnosticMessage = Partial<MessageOf<typeof Diagnostic>>;
export type AttributePathMessage = Partial<MessageOf<typeof AttributePath>>;
export type SchemaMessageValue = Partial<MessageOf<typeof SchemaMessage>>;

/** The calls of service `tfplugin6.Provider` that are answered; any other gets UNIMPLEMENTED. */
export const METHODS = {
  GetProviderSchema,
  ValidateProviderConfig,
  ConfigureProvider,
  StopProvider,
  ValidateResourceConfig,
  ValidateDataResourceConfig,
  UpgradeResourceState,
  ReadResource,
  PlanResourceChange,
  ApplyResourceChange,
  ImportResourceState,
  ReadDataSource,
};

export type MethodName = keyof typeof METHODS;
export type RequestOf<N extends MethodName> = MessageOf<(typeof METHODS)[N]["request"]>;
export type ResponseOf<N extends MethodName> = Partial<MessageOf<(typeof METHODS)[N]["response"]>>;
