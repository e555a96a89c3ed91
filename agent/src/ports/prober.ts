/** Asks a task's port once. undefined: healthy; else what was wrong, in a few words. */
export interface Prober {
  http(address: string, port: number, path: string, timeoutMs: number): Promise<string | undefined>;
  /** `service` '' is the server as a whole. */
  grpc(
    address: string,
    port: number,
    service: string,
    timeoutMs: number,
  ): Promise<string | undefined>;
  tcp(address: string, port: number, timeoutMs: number): Promise<string | undefined>;
}
