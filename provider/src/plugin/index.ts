/**
 * A plugin framework for Terraform providers written in TypeScript: schemas that give static types, resources as plain
 * objects, protocol 6. It knows nothing of the provider it serves.
 */
export type {
  JsonValue,
  OperationContext,
  PluginLog,
  PrivateState,
  ResourceContext,
  WriteContext,
} from "./lifecycle/context";
export {
  defineDataSource,
  defineProvider,
  defineResource,
  withProviderData,
} from "./lifecycle/define";
export type { Definer } from "./lifecycle/define";
export type {
  DataSource,
  DataSourceDefinition,
  PlanRequest,
  Provider,
  ProviderDefinition,
  Resource,
  ResourceDefinition,
} from "./lifecycle/definitions";
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
export { describeDuration, parseDuration } from "./schema/duration";
export {
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
} from "./schema/plan-modifiers";
export type { Model, PlanModel, Schema } from "./schema/schema";
export { duration, timeoutMs, timeoutsAttribute } from "./schema/timeouts";
export type { Operation, Timeouts } from "./schema/timeouts";
export { types } from "./schema/types";
export { custom } from "./schema/validator";
export type { Problem, Validator } from "./schema/validator";
export {
  eachElement,
  eachKey,
  eachValue,
  sizeAtLeast,
  sizeAtMost,
  sizeBetween,
  uniqueElements,
} from "./schema/validators/collections";
export { allOf, anyOf } from "./schema/validators/combined";
export {
  alsoRequires,
  atLeastOneOf,
  conflicting,
  exactlyOneOf,
  preferWriteOnly,
  requiredTogether,
} from "./schema/validators/fields";
export {
  float32,
  int32,
  int64,
  numberAtLeast,
  numberAtMost,
  numberBetween,
  wholeNumber,
} from "./schema/validators/numbers";
export type { AnyNumber } from "./schema/validators/numbers";
export {
  bytesBetween,
  lengthAtLeast,
  lengthAtMost,
  lengthBetween,
  noneOf,
  oneOf,
  oneOfIgnoringCase,
  stringMatches,
} from "./schema/validators/strings";
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
