import type { DiagnosticCollector } from "../diagnostics/collector";
import { PluginError } from "../diagnostics/plugin-error";
import type { DeferrableContext, OperationContext, PluginLog, PrivateState } from "./context";
import { Deferral, type DeferralSwitch } from "./deferral";

/** What one call from Terraform runs in. */
export interface Scope {
  readonly diagnostics: DiagnosticCollector;
  readonly signal: AbortSignal;
  readonly log: PluginLog;
  readonly providerData: unknown;
  readonly providerMeta: Readonly<Record<string, unknown>> | undefined;
  readonly deferral: DeferralSwitch;
  /** Hold answers against core's rules before they leave. */
  readonly checkContract: boolean;
  /** Whether errors without a summary of their own are shown with their stack. */
  readonly showStacks: boolean;
}

export function operationContext(scope: Scope): OperationContext {
  return {
    get signal() {
      return scope.signal;
    },
    diagnostics: scope.diagnostics,
    log: scope.log,
  };
}

export function resourceContext(scope: Scope, privateState: PrivateState): DeferrableContext {
  return {
    get signal() {
      return scope.signal;
    },
    diagnostics: scope.diagnostics,
    log: scope.log,
    providerData: scope.providerData,
    providerMeta: scope.providerMeta,
    private: privateState,
    defer: scope.deferral.defer,
  };
}

/** As `caught`, but nothing is done once the operation is put off. */
export async function guarded<T>(
  scope: Scope,
  doing: string,
  work: () => Promise<T> | T,
): Promise<T | undefined> {
  return scope.deferral.reason === undefined ? caught(scope, doing, work) : undefined;
}

/**
 * Runs `work`; what it throws becomes a diagnostic, and the answer is undefined. It is undefined without a diagnostic
 * when the work puts the operation off.
 */
export async function caught<T>(
  scope: Scope,
  doing: string,
  work: () => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Deferral) return undefined;
    if (error instanceof Error) scope.log.debug(`${doing} threw`, { stack: error.stack ?? "" });
    if (scope.signal.aborted && !(error instanceof PluginError)) {
      scope.diagnostics.error(`${doing} was interrupted`, "Apply again to continue.");
    } else {
      scope.diagnostics.thrown(error, doing, scope.showStacks);
    }
    return undefined;
  }
}
