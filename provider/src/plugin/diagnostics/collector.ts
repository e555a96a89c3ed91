import type { Diagnostic, Diagnostics } from "./diagnostics";
import type { Path } from "./path";
import { PluginError } from "./plugin-error";

/** More of them than this are dropped, so that a runaway validator cannot fill the message. */
const MAX_DIAGNOSTICS = 200;

/** Collects the diagnostics of one operation. */
export class DiagnosticCollector implements Diagnostics {
  readonly all: Diagnostic[] = [];

  get hasErrors(): boolean {
    return this.all.some(({ severity }) => severity === "error");
  }

  error(summary: string, detail: string, path: Path = []): void {
    this.add({ severity: "error", summary, detail, path });
  }

  warn(summary: string, detail: string, path: Path = []): void {
    this.add({ severity: "warning", summary, detail, path });
  }

  /** Turns anything thrown into an error; `doing` is its summary unless it brings its own. */
  thrown(error: unknown, doing: string, withStack: boolean): void {
    if (error instanceof PluginError) this.error(error.summary, error.detail, error.path);
    else this.error(`${doing} failed`, describe(error, withStack));
  }

  private add(diagnostic: Diagnostic): void {
    if (this.all.length < MAX_DIAGNOSTICS) this.all.push(diagnostic);
  }
}

/** The messages of an error and its causes; the stack too when it is asked for. */
function describe(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (withStack && error.stack !== undefined) return error.stack;
  const messages: string[] = [];
  for (let at: unknown = error; at instanceof Error && messages.length < 5; at = at.cause) {
    if (at.message !== "" && !messages.includes(at.message)) messages.push(at.message);
  }
  return messages.length === 0 ? error.name : messages.join("\nCaused by: ");
}
