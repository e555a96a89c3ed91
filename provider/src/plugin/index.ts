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
export type {
  Attribute,
  Attributes,
  BlockFlags,
  BlockLimits,
  ElementType,
  Flags,
  SingleBlockFlags,
} from "./schema/attribute";
export { attributes } from "./schema/attributes";
export { blocks } from "./schema/blocks";
export {
  customPlanModifier,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  useStateForUnknown,
  willBe,
  willBeBetween,
  willHavePrefix,
  willHaveSizeBetween,
  willNotBeNull,
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
export { types } from "./schema/types";
export { custom } from "./schema/validator";
export type { Outcome, Problem, ValidationContext, Validator } from "./schema/validator";
export { noneOf, oneOf, oneOfIgnoringCase } from "./schema/validators/choices";
export {
  eachElement,
  eachKey,
  eachValue,
  sizeAtLeast,
  sizeAtMost,
  sizeBetween,
  uniqueElements,
} from "./schema/validators/collections";
export { allOf, anyOf } from "./schema/validators/combinators";
export {
  alsoRequires,
  atLeastOneOf,
  conflicting,
  exactlyOneOf,
  requiredTogether,
} from "./schema/validators/fields";
export {
  atLeast,
  atMost,
  float32,
  int32,
  int64,
  numberBetween,
  wholeNumber,
} from "./schema/validators/numbers";
export type { AnyNumber } from "./schema/validators/numbers";
export {
  bytesBetween,
  lengthAtLeast,
  lengthAtMost,
  lengthBetween,
  stringMatches,
} from "./schema/validators/strings";
export { atLeastSumOf, atMostSumOf, equalToSumOf } from "./schema/validators/sums";
export { preferWriteOnly } from "./schema/validators/write-only";
export { Decimal } from "./values/decimal";
export { dynamic, plainData } from "./values/dynamic";
export type { PlainData } from "./values/dynamic";
export { present } from "./values/present";
export { unknown } from "./values/refinement";
export type { Promised } from "./values/refinement";
export { BOOL, DECIMAL, DYNAMIC, INTEGER, NUMBER, STRING } from "./values/type";
export type { Type } from "./values/type";
export { isUnknown, UNKNOWN, Unknown } from "./values/unknown";
export type { Bound, Refinement } from "./values/unknown";
export { Dynamic } from "./values/value";
export { serveProvider } from "./serve";
export type { ServeOptions } from "./serve";
