import { InstallError } from "../../connection";
import type { Operation } from "../../connection";
import { PluginError } from "../../plugin";
import type { OperationContext } from "../../plugin";

/** Runs a step; what the machine refused becomes a diagnostic at the attribute that is to blame. */
export async function explained<T>(node: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    throw new PluginError(
      `Node '${node}': could not ${error.step}`,
      `${error.message}.`,
      error.field === undefined ? [] : [error.field],
      { cause: error },
    );
  }
}

/** What a machine is told of the operation under way: its interrupt, and where progress is seen (TF_LOG=INFO). */
export function operationOf({ signal, log }: OperationContext): Operation {
  return {
    signal,
    info: (message) => {
      log.info(message);
    },
  };
}
