import { TerraformStack } from "./engine";
import type { IConstruct } from "./engine";
import { CoveyProvider } from "./generated/provider";

/** Declares Covey's provider in the stack of `scope`, unless it is declared there already. */
export function declareProvider(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  const declared = stack.node.findAll().some((child) => child instanceof CoveyProvider);
  if (!declared) new CoveyProvider(stack, "covey");
}
