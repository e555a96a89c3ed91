import { CoveyClient } from "../client";
import { reasonOf } from "../connection";
import { PluginError } from "../plugin";
import { decodeAccessKey } from "./keys/access-key";
import type { AccessKey } from "./keys/access-key";
import { isPassing } from "./problems";
import { pause } from "./waiting";
import type { Deadline } from "./waiting";

const requestMs = 5000;
const retryMs = 500;

/** Throws PluginError at `cluster` where the key is none. */
export function accessOf(text: string): AccessKey {
  try {
    return decodeAccessKey(text);
  } catch (error) {
    throw new PluginError(
      "Invalid access key",
      `cluster: ${reasonOf(error)}. Give it the access_key of a covey_cluster.`,
      ["cluster"],
    );
  }
}

interface Shared {
  readonly client: CoveyClient;
  users: number;
}

const inUse = new Map<string, Shared>();

/** Whoever asks the same cluster at the same time asks through the same connections; the last one closes them. */
export async function withCluster<T>(
  access: AccessKey,
  use: (client: CoveyClient) => Promise<T>,
): Promise<T> {
  const { endpoints, ca, token } = access;
  const id = JSON.stringify([endpoints, ca, token]);
  const shared = inUse.get(id) ?? {
    client: new CoveyClient({ endpoints, ca, token, timeoutMs: requestMs }),
    users: 0,
  };
  inUse.set(id, shared);
  shared.users++;
  try {
    return await use(shared.client);
  } finally {
    if (--shared.users === 0) {
      inUse.delete(id);
      shared.client.close();
    }
  }
}

/** Tries again while the cluster says it cannot just now, until the deadline; then throws what it said last. */
export async function persist<T>(deadline: Deadline, call: () => Promise<T>): Promise<T> {
  let said: unknown;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      deadline.throwIfInterrupted();
      // That time ran out says less than why it did.
      if (!isPassing(error)) throw deadline.passed ? (said ?? error) : error;
      said = error;
    }
    await pause(retryMs, deadline);
    deadline.throwIfInterrupted();
    if (deadline.passed) throw said;
  }
}
