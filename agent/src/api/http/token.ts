import { createHash, timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../ports/log";
import { refuse, type ProblemError } from "./problems";

/** A wrong token costs its sender this long and its connection: with the limit on connections that bounds guessing. */
const refusalDelayMs = 200;
/** One warning for all the wrong tokens of this long, so that guessing cannot flood the log. */
const warnEveryMs = 10_000;

/** Guards the API with the cluster's one token. */
export class TokenGuard {
  readonly #digest: Buffer;
  readonly #log: Log;
  #refused = 0;
  #warnedAtMs = -Infinity;

  constructor(token: string, log: Log) {
    this.#digest = digestOf(token);
    this.#log = log;
  }

  /**
   * Resolves where the header carries the token; throws ProblemError, late, where it does not. `schemes`: how it may do so,
   * Bearer alone where nothing is said.
   */
  async admit(
    authorization: string | undefined,
    from: string,
    schemes: readonly Scheme[] = ["Bearer"],
  ): Promise<void> {
    const given = credentialsOf(authorization);
    // Digests have one length, so the comparison tells nothing of the token's.
    if (
      given !== undefined &&
      schemes.includes(given.scheme) &&
      timingSafeEqual(digestOf(given.token), this.#digest)
    )
      return;
    this.#warn(from);
    await sleep(refusalDelayMs);
    throw unauthorized(authorization === undefined, schemes);
  }

  #warn(from: string): void {
    this.#refused += 1;
    const nowMs = performance.now();
    if (nowMs - this.#warnedAtMs < warnEveryMs) return;
    this.#log.warn("request without the cluster's token refused", {
      from,
      refusedSoFar: this.#refused,
    });
    this.#warnedAtMs = nowMs;
  }
}

type Scheme = "Bearer" | "Basic";

interface Credentials {
  readonly scheme: Scheme;
  readonly token: string;
  /** Who its sender says to be; undefined: he does not say. */
  readonly principal: string | undefined;
}

/** What an `Authorization` carries: with Basic the password is the token, and the user's name the principal. */
export function credentialsOf(authorization = ""): Credentials | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (bearer !== undefined) return { scheme: "Bearer", token: bearer, principal: undefined };
  const [, basic] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization) ?? [];
  if (basic === undefined) return undefined;
  const text = Buffer.from(basic, "base64").toString();
  const [, user, token] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (token === undefined) return undefined;
  return { scheme: "Basic", token, principal: user === "" ? undefined : user };
}

function unauthorized(missing: boolean, schemes: readonly Scheme[]): ProblemError {
  return refuse(
    401,
    "unauthorized",
    missing
      ? "no token was sent: send the header 'Authorization: Bearer TOKEN' with the cluster's API token"
      : "the token sent is not this cluster's: send 'Authorization: Bearer TOKEN' with its API token (`token` of covey_cluster, or of the agent's configuration)",
    {
      headers: {
        "www-authenticate": schemes.map((scheme) => `${scheme} realm="covey"`).join(", "),
        connection: "close",
      },
    },
  );
}

function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
