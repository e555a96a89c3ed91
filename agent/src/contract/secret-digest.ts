/** Makes the digest of a secret; `what` it is within its service, as `secretPurpose` says. */
export type DigestOf = (what: string, value: string) => string;

/** What each kind of secret is called when its digest is made. */
export const secretPurpose = {
  registryPassword: "registry password",
  secret: (name: string) => `secret ${name}`,
} as const;

/** What is digested, with the cluster's token as the key (HMAC-SHA256, hexadecimal): equal values of two services differ. */
export function digestedText(service: string, what: string, value: string): string {
  return ["covey secret", service, what, value].join("\0");
}
