import { ApiClient } from "@covey/agent/contract";
import { httpsExchange } from "@covey/agent/client";

export interface CoveyClientOptions {
  /** `https://ADDRESS:PORT` of agents, any of them; at least one. */
  readonly endpoints: readonly string[];
  readonly token: string;
  /** The cluster's CA certificate, PEM. */
  readonly ca: string;
  /** For one request to one agent. */
  readonly timeoutMs?: number | undefined;
}

const defaultTimeoutMs = 5000;

/** The agent's API, for resources and data sources. Dials only when a method is called; `close` it when done. */
export class CoveyClient extends ApiClient {
  constructor(options: CoveyClientOptions) {
    super({
      endpoints: options.endpoints,
      token: options.token,
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      exchange: httpsExchange(options.ca),
    });
  }
}
