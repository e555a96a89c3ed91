/** Bounds of what the API takes; a message of refusal names them. */
export const limits = {
  bodyBytes: 256 * 1024,
  instances: 10_000,
  ports: 32,
  envEntries: 256,
  envValueBytes: 32 * 1024,
  commandWords: 256,
  constraints: 16,
  /** One call of Mesos' scheduler API: an ACCEPT may launch a few thousand tasks. */
  mesosCallBytes: 4 * 1024 * 1024,
  /** Connected schedulers; each holds one of the agent's connections, and others need some too. */
  mesosSubscriptions: 256,
  /** Written for a scheduler that reads too slowly; beyond it the stream ends. */
  mesosQueuedBytes: 8 * 1024 * 1024,
} as const;

/** Default ports of an agent. */
export const defaultPorts = { api: 7440, grpc: 7441, mesh: 7442 } as const;
