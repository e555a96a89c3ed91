import { z } from "zod";
import { readProvision } from "../model/provision";
import type { Provision } from "../model/provision";
import { provisionLimits, secretName } from "./provision-limits";
import { secretPurpose } from "./secret-digest";
import type { DigestOf } from "./secret-digest";

const secretBytes = new TextEncoder();

const secretsSchema = z
  .record(
    z.string(),
    z
      .string()
      .refine(
        (value) => secretBytes.encode(value).length <= provisionLimits.secretBytes,
        `must be at most ${provisionLimits.secretBytes} bytes`,
      ),
  )
  .superRefine((all, context) => {
    // By the record's own check of its keys the rule would not be told.
    const wrong = Object.keys(all).find((name) => !secretName.regex.test(name));
    if (wrong !== undefined)
      context.addIssue({ code: "custom", path: [wrong], message: `must be ${secretName.rule}` });
  })
  .refine(
    (all) => Object.keys(all).length <= provisionLimits.secrets,
    `must be at most ${provisionLimits.secrets} secrets`,
  )
  .refine(
    (all) =>
      Object.values(all).reduce((sum, value) => sum + secretBytes.encode(value).length, 0) <=
      provisionLimits.allSecretsBytes,
    `must be at most ${provisionLimits.allSecretsBytes} bytes together: put what is larger into the image or a volume`,
  );

/** What an instance is given on its node before it starts. */
export const provisionSchema = z.strictObject({
  pull: z.enum(["missing", "always"]).optional(),
  registryAuth: z
    .strictObject({
      username: z.string().min(1).max(provisionLimits.credentialCharacters),
      password: z.string().min(1).max(provisionLimits.credentialCharacters),
    })
    .optional(),
  secrets: secretsSchema.optional(),
});

/** The stored form: what asks for nothing is not there, so that services of before keep their version. */
export function toProvision(
  input: z.output<typeof provisionSchema> | undefined,
  digestOf: DigestOf,
): Provision | undefined {
  const { pull, registryAuth, secrets = {} } = input ?? {};
  const withDigest = (what: string, value: string): { value: string; digest: string } => ({
    value,
    digest: digestOf(what, value),
  });
  return readProvision({
    pull: pull === "always" ? pull : undefined,
    registryAuth: registryAuth && {
      username: registryAuth.username,
      password: withDigest(secretPurpose.registryPassword, registryAuth.password),
    },
    secrets: Object.entries(secrets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, ...withDigest(secretPurpose.secret(name), value) })),
  });
}
