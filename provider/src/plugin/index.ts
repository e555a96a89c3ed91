/**
 * A plugin framework for Terraform providers written in TypeScript: schemas that give static types, resources as plain
 * objects, protocol 6. It knows nothing of the provider it serves.
 */
export type {
  ConfigureContext,
  DataSourceContext,
  Deferrable,
  DeferrableContext,
  JsonValue,
  OperationContext,
  PluginLog,
  PrivateState,
  ResourceContext,
  WriteContext,
} from "./lifecycle/context";
export type { DeferralReason } from "./lifecycle/deferral";
export {
  defineDataSource,
  defineEphemeralResource,
  defineFunction,
  defineProvider,
  defineResource,
  withProviderData,
} from "./lifecycle/define";
export type { Definer } from "./lifecycle/define";
export type {
  DataSource,
  DataSourceDefinition,
  MoveSource,
  PlanRequest,
  Provider,
  ProviderDefinition,
  Resource,
  ResourceDefinition,
} from "./lifecycle/definitions";
export type {
  EphemeralContext,
  EphemeralResource,
  EphemeralResourceDefinition,
  Opened,
} from "./lifecycle/ephemeral-resource";
export { FunctionError } from "./lifecycle/function";
export type {
  FunctionContext,
  FunctionDefinition,
  Parameter,
  ProviderFunction,
} from "./lifecycle/function";
export type { IdentityAttribute, IdentityDefinition, IdentityModel } from "./lifecycle/identity";
export type { Diagnostic, Diagnostics } from "./diagnostics/diagnostics";
export { formatPath } from "./diagnostics/path";
export type { Path } from "./diagnostics/path";
export { PluginError } from "./diagnostics/plugin-error";
export type { Attribute, Attributes, ElementType, Flags } from "./schema/attribute";
export { attributes, types } from "./schema/attributes";
export {
  customPlanModifier,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  useStateForUnknown,
} from "./schema/plan-modifiers";
export type {
  PlanModifier,
  PlanModifierRequest,
  PlanModifierResponse,
  UniversalPlanModifier,
  UseStateOptions,
} from "./schema/plan-modifiers";
export { duration, parseDuration } from "./schema/duration";
export type { Model, PlanModel, Schema } from "./schema/schema";
export { timeoutMs, timeouts } from "./schema/timeouts";
export type { TimedOperation, Timeouts } from "./schema/timeouts";
export {
  allOf,
  alsoRequires,
  anyOf,
  atLeast,
  atLeastOneOf,
  atLeastSumOf,
  atMost,
  atMostSumOf,
  bytesBetween,
  conflicting,
  custom,
  eachElement,
  eachKey,
  eachValue,
  equalToSumOf,
  exactlyOneOf,
  int32,
  int64,
  lengthBetween,
  noneOf,
  numberBetween,
  oneOf,
  oneOfIgnoringCase,
  preferWriteOnly,
  requiredTogether,
  sizeBetween,
  stringMatches,
  uniqueElements,
  wholeNumber,
} from "./schema/validators";
export type { Outcome, Problem, ValidationContext, Validator } from "./schema/validators";
export { present } from "./values/present";
export { isUnknown, UNKNOWN, Unknown } from "./values/unknown";
export { serveProvider } from "./serve";
export type { ServeOptions } from "./serve";
