import { createHmac } from "node:crypto";
import { digestedText, secretPurpose } from "@covey/agent/contract";
import type { ServiceInput, ServiceView } from "@covey/agent/contract";
import { accessOf } from "../cluster-client";
import type { ServiceModel } from "./schema";

type Input = NonNullable<ServiceInput["provision"]>;
type Provided = Pick<ServiceModel, "pull" | "registry_auth" | "secrets">;

/** What is said of it, as the API takes it; undefined: nothing. */
export function provisionInput({ pull, registry_auth, secrets }: Provided): Input | undefined {
  const input: Input = {
    ...(pull === "always" && { pull }),
    ...(registry_auth && { registryAuth: { ...registry_auth } }),
    ...(secrets && Object.keys(secrets).length > 0 && { secrets: { ...secrets } }),
  };
  return Object.keys(input).length === 0 ? undefined : input;
}

/**
 * What the cluster has, which shows no secret: where its digest is that of the state's value, it is the state's; else it is told
 * apart from every value by what stands in its place.
 */
export function provisionModel(
  found: ServiceView["spec"]["provision"],
  state: ServiceModel,
): Provided {
  const { registryAuth, secrets = [] } = found ?? {};
  const value = (what: string, digest: string, prior: string | undefined): string =>
    prior !== undefined && digestOf(state, what, prior) === digest
      ? prior
      : `(another value, with the digest ${digest})`;
  const files = secrets.map(({ name, digest }) => {
    const prior = state.secrets?.[name];
    return [name, value(secretPurpose.secret(name), digest, prior)] as const;
  });
  return {
    pull: found?.pull ?? "missing",
    registry_auth: registryAuth
      ? {
          username: registryAuth.username,
          password: value(
            secretPurpose.registryPassword,
            registryAuth.passwordDigest,
            state.registry_auth?.password,
          ),
        }
      : null,
    secrets: files.length === 0 && state.secrets === null ? null : Object.fromEntries(files),
  };
}

function digestOf(state: ServiceModel, what: string, value: string): string {
  const { token } = accessOf(state.cluster);
  return createHmac("sha256", token)
    .update(digestedText(state.name, what, value))
    .digest("hex");
}
