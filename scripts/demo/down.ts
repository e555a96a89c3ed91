import type { DemoOptions } from "./demo";
import { cdktf, deployedResources } from "./example";
import { forgetKept } from "./kept";
import { findRemains, removeRemains } from "./remains";

/** By Terraform where it has anything on its books, and whatever is left then by force. */
export async function takeDown(options: DemoOptions): Promise<void> {
  if (deployedResources() > 0)
    try {
      await cdktf("destroy", options);
    } catch (error) {
      options.signal.throwIfAborted();
      options.stage.fact(
        `${error instanceof Error ? error.message : String(error)}\nremoving it without Terraform`,
      );
    }
  await removeRemains();
  forgetKept();
  const remains = await findRemains();
  if (remains.length > 0) throw new Error(`cannot remove:\n${remains.join("\n")}`);
}
