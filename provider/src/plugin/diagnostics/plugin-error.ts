import type { Path } from "./path";

/**
 * An error that is shown to the user as it stands: `summary` names what failed, `detail` says why and what to do next,
 * `path` the attribute it is about. Any other error thrown by a resource is shown too, under a summary of the framework.
 */
export class PluginError extends Error {
  readonly path: Path;

  constructor(
    readonly summary: string,
    readonly detail: string,
    path: Path = [],
    options?: ErrorOptions,
  ) {
    super(`${summary}: ${detail}`, options);
    this.name = "PluginError";
    this.path = path;
  }
}
