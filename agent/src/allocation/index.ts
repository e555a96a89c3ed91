/** Who is offered what: pure arithmetic over nodes and frameworks. Knows nothing of tasks, streams or time's passing. */
export { Allocator } from "./allocator";
export type { Allocation, Grant, Holder } from "./allocator";
export type { FrameworkTerms } from "./claimant";
export { portion } from "../model/portion";
