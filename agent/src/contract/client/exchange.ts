/** One HTTPS request, as the client core asks for it. */
export interface ExchangeRequest {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Ends the request, and the reading of its answer, when it aborts. */
  readonly signal: AbortSignal;
}

export interface ExchangeAnswer {
  readonly status: number;
  /** Of a redirect. */
  readonly location: string | undefined;
  /** As sent: whole seconds, or a date. */
  readonly retryAfter: string | undefined;
  /** Not read yet; may throw like `send`. Must be read to its end or destroyed by the signal. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * What the client core needs of the world. It trusts the cluster's CA and nothing else: that is what makes it safe to follow a
 * redirect with the token, for whoever answers at the target has proven to be of this cluster.
 */
export interface Exchange {
  /** Throws what the network threw, with its `code` where it has one. */
  send(request: ExchangeRequest): Promise<ExchangeAnswer>;
  /** Resolves after `delayMs`, throws when the signal aborts first. */
  pause(delayMs: number, signal: AbortSignal): Promise<void>;
  /** Closes idle connections. */
  close(): void;
}
