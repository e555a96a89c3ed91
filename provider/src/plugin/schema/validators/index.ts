/** The rules a schema can hold configured values against. */
export { noneOf, oneOf, oneOfIgnoringCase } from "./choices";
export { eachElement, eachKey, eachValue, sizeBetween, uniqueElements } from "./collections";
export { allOf, anyOf } from "./combinators";
export { alsoRequires, atLeastOneOf, conflicting, exactlyOneOf, requiredTogether } from "./fields";
export { atLeast, atMost, int32, int64, numberBetween, wholeNumber } from "./numbers";
export { bytesBetween, lengthBetween, stringMatches } from "./strings";
export { atLeastSumOf, atMostSumOf, equalToSumOf } from "./sums";
export { custom, problemsOf } from "./validator";
export type { Outcome, Problem, ValidationContext, Validator } from "./validator";
export { preferWriteOnly } from "./write-only";
