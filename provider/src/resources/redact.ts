/** The text with every secret taken out, and with any private key in it. Short secrets are left: they would shred it. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text.replace(
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    "[secret]",
  );
  for (const secret of secrets)
    if (secret.length >= 8) clean = clean.replaceAll(secret, "[secret]");
  return clean;
}
