import type { ConsulCall } from "./http";
import { explainAnswer } from "./http";

const deadlineMs = 5000;

/**
 * Makes a freshly started Consul agent enter its services into the catalogue now. Its own first attempt fails when
 * there is no leader yet, or one that does not know its tokens yet; it would then try again after 15 to 30 s
 * only, and until then pass over every registration. A new agent token (given anew, the same one counts) starts an
 * attempt within 3 s. Throws Error while the token is not known.
 */
export async function resyncCatalog(
  call: ConsulCall,
  options: { readonly address: string; readonly token: string },
): Promise<void> {
  const known = await call({ method: "GET", path: "/v1/acl/token/self", deadlineMs });
  if (known.status !== 200) throw new Error(explainAnswer(known, options.address));
  const path = "/v1/agent/token/agent";
  const given = await call({ method: "PUT", path, body: { Token: options.token }, deadlineMs });
  if (given.status !== 200) throw new Error(explainAnswer(given, options.address));
}
