import type { FrameworkTerms } from "../claimant";
import type { Portion } from "../../model/portion";
import type { NodeTerms } from "../supply-node";

/** A plain machine with these resources. */
export function nodeTerms(resources: readonly Portion[], more: Partial<NodeTerms> = {}): NodeTerms {
  return { hostname: "host", attributes: {}, domain: undefined, resources, ...more };
}

/** A plain framework in these roles. */
export function frameworkTerms(
  terms: Pick<FrameworkTerms, "roles"> & Partial<FrameworkTerms>,
): FrameworkTerms {
  return { gpus: false, regionAware: false, minimum: undefined, ...terms };
}
