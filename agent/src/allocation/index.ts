/** Who is offered what: pure arithmetic over nodes and frameworks. Knows nothing of tasks, streams or time's passing. */
export { allocate, explainNoOffer } from "./allocate";
export type { AllocatableNode, AllocationInput } from "./allocate";
export { OfferFilters } from "./filters";
export { Allocator } from "./allocator";
export type { Allocation, Grant } from "./allocator";
export { portion } from "./quantity/portion";
