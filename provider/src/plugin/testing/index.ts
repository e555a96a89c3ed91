/** For the tests of providers: Terraform's part in this process, and the real Terraform in a directory of its own. */
export { InProcessTerraform } from "./in-process";
export type { Reported, TestModel, TestPlan, TestPrior, TestState } from "./in-process";
export { finished, terraformAvailable, TerraformWorkspace } from "./terraform";
export type { PlannedAction, ResourceInState, TerraformOptions, TerraformRun } from "./terraform";
