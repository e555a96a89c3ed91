/** Which of a node's settings is to blame, so that the diagnostic points at its line. */
export type InstallField =
  | "address"
  | "cluster"
  | "consul_binary"
  | "data_dir"
  | "docker"
  | "docker_socket"
  | "local"
  | "runtime"
  | "ssh";

/** A step of installing, starting or removing a node that could not be done. The message names thing, value and way out. */
export class InstallError extends Error {
  constructor(
    /** What was being done: `check the Docker engine`. */
    readonly step: string,
    message: string,
    readonly field?: InstallField,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "InstallError";
  }
}

export function reasonOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : String(error);
}
