/** Bounds of `provision`, for the API and the provider alike. All secrets of a service fit into one request. */
export const provisionLimits = {
  credentialCharacters: 4096,
  secrets: 32,
  secretBytes: 64 * 1024,
  allSecretsBytes: 128 * 1024,
} as const;

/** With its rule in words, for whoever refuses a name. */
export const secretName = {
  regex: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/,
  rule: "a file's name: 1 to 64 of letters, digits, '_', '.' and '-', not beginning with '.' or '-'",
} as const;
