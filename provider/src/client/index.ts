/** How the provider talks to a cluster: the agent's API over https, its errors as sentences. Knows nothing of Terraform. */
export { ApiError, isMissing, UnreachableError } from "@covey/agent/contract";
export { CoveyClient } from "./covey-client";
export type { CoveyClientOptions } from "./covey-client";
