import type { ConsulCall } from "./http";
import { explainAnswer, parseAnswer } from "./http";

/** Consul's fixed accessor of the anonymous token. */
const anonymousToken = "00000000-0000-0000-0000-000000000002";
const policyName = "covey-anonymous-reads";
/** Names and addresses of nodes and services: what DNS answers, to anybody who can ask it. */
const rules = 'node_prefix "" { policy = "read" }\nservice_prefix "" { policy = "read" }\n';
const deadlineMs = 5000;

/**
 * Lets those without a token, DNS among them, look names up: and nothing else. Any server may do it, several at
 * once too. Throws Error while there is no leader.
 */
export async function ensureAnonymousReads(call: ConsulCall, address: string): Promise<void> {
  const created = await call({
    method: "PUT",
    path: "/v1/acl/policy",
    body: { Name: policyName, Description: "Covey: DNS for everybody", Rules: rules },
    deadlineMs,
  });
  // Its name is taken where another server was first.
  if (created.status !== 200 && !/already exists/i.test(created.text))
    throw new Error(explainAnswer(created, address));

  const token = await call({ method: "GET", path: `/v1/acl/token/${anonymousToken}`, deadlineMs });
  if (token.status !== 200) throw new Error(explainAnswer(token, address));
  const policies = policiesOf(parseAnswer(token));
  if (policies.some(({ Name }) => Name === policyName)) return;
  const updated = await call({
    method: "PUT",
    path: `/v1/acl/token/${anonymousToken}`,
    body: { Description: "Anonymous Token", Policies: [...policies, { Name: policyName }] },
    deadlineMs,
  });
  if (updated.status !== 200) throw new Error(explainAnswer(updated, address));
}

/** Those an operator gave it stay. */
function policiesOf(token: unknown): { readonly Name: string }[] {
  if (typeof token !== "object" || token === null || !("Policies" in token)) return [];
  const policies: unknown = token.Policies;
  if (!Array.isArray(policies)) return [];
  return policies.flatMap((policy: unknown) =>
    typeof policy === "object" &&
    policy !== null &&
    "Name" in policy &&
    typeof policy.Name === "string"
      ? [{ Name: policy.Name }]
      : [],
  );
}
