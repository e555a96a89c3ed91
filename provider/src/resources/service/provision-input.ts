import type { ServiceInput, ServiceView } from "@covey/agent/contract";
import type { ServiceModel } from "./schema";

type Input = NonNullable<ServiceInput["provision"]>;
type Provided = Pick<ServiceModel, "pull">;

/** What is said of it, as the API takes it; undefined: nothing. */
export function provisionInput(model: Provided): Input | undefined {
  return model.pull === "always" ? { pull: "always" } : undefined;
}

/** What the cluster has. */
export function provisionModel(found: ServiceView["spec"]["provision"]): Provided {
  return { pull: found?.pull ?? "missing" };
}
