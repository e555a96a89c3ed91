/** For the tests of providers: Terraform's part in this process, and the real Terraform in a directory of its own. */
export { InProcessTerraform } from "./in-process";
export type { InProcessOptions } from "./in-process";
export type { TestCall, TestModel, TestOpened, TestPlan, TestPrior, TestState } from "./model";
export { proveLifecycle } from "./prove-lifecycle";
export type { Lifecycle, StateValues } from "./prove-lifecycle";
export type { Reported } from "./report";
export type { ApplyOptions, MovedFrom } from "./resources";
export { finished, terraformAvailable, TerraformWorkspace } from "./terraform";
export type {
  Configuration,
  PlannedAction,
  ResourceInState,
  TerraformOptions,
  TerraformRun,
} from "./terraform";
