import type { Path } from "./path";

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly path: Path;
}

/** What a resource reports besides its result. An error makes the operation fail, once the method returns. */
export interface Diagnostics {
  error(summary: string, detail: string, path?: Path): void;
  warn(summary: string, detail: string, path?: Path): void;
  readonly hasErrors: boolean;
}
