/**
 * Terraform core's rules for what a provider answers (objchange/plan_valid.go, objchange/compatible.go,
 * node_resource_abstract_instance.go), checked on our side, so that a violation names the attribute and the rule instead of
 * ending in "this is a bug in the provider". A provider that follows the rules is never accused.
 */
export { applyViolations } from "./apply-result";
export { finalPlanViolations } from "./final-plan";
export { planViolations } from "./plan-valid";
export { replacePathViolations } from "./replace-paths";
export { stateViolations, type StateSource } from "./state";
export { formatViolations } from "./violation";
