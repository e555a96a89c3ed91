import { ApiError, UnreachableError } from "../client";
import type { OperationContext } from "../plugin";
import { explainedApiError, isPassing, sentence } from "./problems";

/**
 * What a refresh found; where the cluster cannot say, the state with a warning: not known is not gone, and a destroy of a dead
 * cluster remains possible. Throws PluginError where the cluster refuses.
 */
export async function orLastSeen<S>(
  context: OperationContext,
  what: string,
  state: S,
  look: () => Promise<S | undefined>,
): Promise<S | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UnreachableError) && !isPassing(error))
      throw explainedApiError(`${what} could not be read`, error);
    context.diagnostics.warn(
      `${what} could not be refreshed`,
      `${sentence(error instanceof ApiError ? error.problem.detail : (error as Error).message)} It is shown as it was last seen.`,
    );
    return state;
  }
}
