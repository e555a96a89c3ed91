import { decodeKey, encodeKey, Facts } from "./key-text";

/** All a client needs to use a cluster: `covey1a.`, made by `covey_cluster`, taken by `covey_service`. */
export interface AccessKey {
  readonly cluster: string;
  /** `https://ADDRESS:PORT` of the voters. */
  readonly endpoints: readonly string[];
  /** The cluster's CA certificate, PEM. */
  readonly ca: string;
  readonly token: string;
}

const prefix = "covey1a";
const what = "access key";

export function encodeAccessKey(key: AccessKey): string {
  return encodeKey(prefix, key);
}

/** Throws KeyError. */
export function decodeAccessKey(text: string): AccessKey {
  const facts = new Facts(what, decodeKey(prefix, what, text));
  return {
    cluster: facts.string("cluster"),
    endpoints: facts.strings("endpoints"),
    ca: facts.string("ca"),
    token: facts.string("token"),
  };
}
