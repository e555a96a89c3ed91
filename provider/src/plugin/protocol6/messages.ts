/**
 * The nouns that the calls of Terraform's plugin protocol are made of, as of 6.9, with the field numbers of
 * tfplugin6.proto. Whatever is not described is skipped on the way in and absent on the way out.
 */
import {
  bool,
  bytes,
  int,
  message,
  nested,
  present,
  repeated,
  string,
  type Field,
  type Message,
  type MessageOf,
} from "./protobuf";

export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });

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

export const RawState = message({ json: bytes(1) });

const ClientCapabilities = message({
  deferral_allowed: bool(1),
  write_only_attributes_allowed: bool(2),
});

export const ServerCapabilities = message({
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

export const DEFERRED = {
  resource_config_unknown: 1,
  provider_config_unknown: 2,
  absent_prereq: 3,
} as const;

const Deferred = message({ reason: int(1) });

const IdentityAttribute = message({
  name: string(1),
  type: bytes(2),
  required_for_import: bool(3),
  optional_for_import: bool(4),
  description: string(5),
});

export const IdentitySchema = message({
  version: int(1),
  identity_attributes: repeated(2, () => IdentityAttribute),
});

const IdentityData = message({ identity_data: nested(1, () => DynamicValue) });

/** google.protobuf.Timestamp: seconds since 1970 and the nanoseconds beyond. */
export const Timestamp = message({ seconds: int(1), nanos: int(2) });

const Parameter = message({
  name: string(1),
  type: bytes(2),
  allow_null_value: bool(3),
  allow_unknown_values: bool(4),
  description: string(5),
  description_kind: int(6),
});

const Return = message({ type: bytes(1) });

export const FunctionMessage = message({
  parameters: repeated(1, () => Parameter),
  variadic_parameter: nested(2, () => Parameter),
  return: nested(3, () => Return),
  summary: string(4),
  description: string(5),
  description_kind: int(6),
  deprecation_message: string(7),
});

export const FunctionErrorMessage = message({
  text: string(1),
  function_argument: present(int(2)),
});

export type DynamicValueMessage = Partial<MessageOf<typeof DynamicValue>>;
export type DiagnosticMessage = Partial<MessageOf<typeof Diagnostic>>;
export type AttributePathMessage = Partial<MessageOf<typeof AttributePath>>;
export type SchemaMessageValue = Partial<MessageOf<typeof SchemaMessage>>;
export type ClientCapabilitiesMessage = Partial<MessageOf<typeof ClientCapabilities>>;
export type DeferredMessage = Partial<MessageOf<typeof Deferred>>;
export type IdentityDataMessage = Partial<MessageOf<typeof IdentityData>>;
export type IdentitySchemaMessage = Partial<MessageOf<typeof IdentitySchema>>;
export type TimestampMessage = Partial<MessageOf<typeof Timestamp>>;
export type FunctionMessageValue = Partial<MessageOf<typeof FunctionMessage>>;
export type ParameterMessage = Partial<MessageOf<typeof Parameter>>;

/** Fields that many calls have, by their number there. */
export const diagnostics = (number: number): Field<readonly DiagnosticMessage[]> =>
  repeated(number, () => Diagnostic);
export const dynamic = (number: number): Field<DynamicValueMessage | undefined> =>
  nested(number, () => DynamicValue);
export const capabilities = (number: number): Field<ClientCapabilitiesMessage | undefined> =>
  nested(number, () => ClientCapabilities);
export const deferred = (number: number): Field<DeferredMessage | undefined> =>
  nested(number, () => Deferred);
export const identity = (number: number): Field<IdentityDataMessage | undefined> =>
  nested(number, () => IdentityData);
