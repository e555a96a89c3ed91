import type { DiagnosticCollector } from "../diagnostics/collector";
import { PluginError } from "../diagnostics/plugin-error";
import type { OperationContext, PluginLog, PrivateState, ResourceContext } from "./context";

/** What one call from Terraform runs in. */
export interface Scope {
  readonly diagnostics: DiagnosticCollector;
  readonly signal: AbortSignal;
  readonly log: PluginLog;
  readonly providerData: unknown;
  /** Hold answers against core's rules before they leave. */
  readonly checkContract: boolean;
  /** Whether errors without a summary of their own are shown with their stack. */
  readonly showStacks: boolean;
}

export function operationContext(scope: Scope): OperationContext {
  return { signal: scope.signal, diagnostics: scope.diagnostics, log: scope.log };
}

export function resourceContext(scope: Scope, privateState: PrivateState): ResourceContext {
  return { ...operationContext(scope), providerData: scope.providerData, private: privateState };
}

/** Runs `work`; what it throws becomes a diagnostic, and the answer is undefined. */
export async function guarded<T>(
  scope: Scope,
  doing: string,
  work: () => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (scope.signal.aborted && !(error instanceof PluginError)) {
      scope.diagnostics.error(`${doing} was interrupted`, "Apply again to continue.");
    } else {
      scope.diagnostics.thrown(error, doing, scope.showStacks);
    }
    return undefined;
  }
}
