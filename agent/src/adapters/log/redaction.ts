import { isNativeError } from "node:util/types";

/**
 * Field names that hold secrets, at any depth: exactly `key` and `authorization`, or ending in token, secret,
 * password, passphrase, gossipKey, privateKey.
 */
const secretName =
  /^(key|authorization)$|(token|secret|password|passphrase|gossip_?key|private_?key)s?$/i;
const privateKey =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const maxDepth = 6;
const maxEntries = 100;
const maxTextLength = 8192;

/** A copy fit for a log: without secrets, errors as plain fields, bounded in depth, width and length. */
export function withoutSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return copyFields(fields, 0);
}

function copyFields(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, maxEntries);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      secretName.test(name) && value !== undefined ? "[secret]" : copy(value, depth),
    ]),
  );
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === "string") return shorten(value.replace(privateKey, "[secret]"));
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  return depth < maxDepth ? copyObject(value, depth) : "[deeper]";
}

function copyObject(value: object, depth: number): unknown {
  if (isNativeError(value) || value instanceof Error) return copyError(value, depth);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((item) => copy(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return copy([...value], depth);
  return copyFields(value, depth + 1);
}

/** Only what errors of any kind have: an HTTP client's error holds the whole exchange, headers and all. */
function copyError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: copy(error.message, depth),
    ...("code" in error && { code: copy(error.code, depth + 1) }),
    ...(error.stack !== undefined && { stack: copy(error.stack, depth) }),
    ...(error.cause !== undefined && { cause: copy(error.cause, depth + 1) }),
  };
}

function shorten(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}...` : text;
}
