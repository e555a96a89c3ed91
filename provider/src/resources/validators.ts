import { custom, stringMatches } from "../plugin";
import type { Validator } from "../plugin";

/** The same rule as the API's (contract/service.ts, nameSchema), told before anything is sent. */
export function dnsLabel(): Validator<string> {
  return stringMatches(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "a DNS label: 1 to 63 of a-z, 0-9 and '-', starting with a letter, not ending with '-'",
  );
}

export function isDnsLabel(text: string): boolean {
  return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

export function ipv4(): Validator<string> {
  return custom("an IPv4 address", (value) =>
    isIpv4(value) ? undefined : `${JSON.stringify(value)} is not an IPv4 address such as 10.0.0.5`,
  );
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

export function absolutePath(): Validator<string> {
  return stringMatches(/^\/[^\0]*$/, "an absolute path");
}
