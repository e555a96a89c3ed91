import type { AttributePathMessage, DiagnosticMessage } from "../protocol6/messages";
import { SEVERITY } from "../protocol6/messages";

/** A diagnostic as the user would get it. */
export interface Reported {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** `nodes[0].address`; "" when the whole resource is meant. */
  readonly path: string;
}

export function report(diagnostics: readonly DiagnosticMessage[] = []): readonly Reported[] {
  return diagnostics.map(({ severity, summary = "", detail = "", attribute }) => ({
    severity: severity === SEVERITY.error ? "error" : "warning",
    summary,
    detail,
    path: pathText(attribute ?? {}),
  }));
}

export function failed({ diagnostics }: { readonly diagnostics: readonly Reported[] }): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

export function pathText(path: AttributePathMessage): string {
  return (path.steps ?? [])
    .map(({ attribute_name: name, element_key_string: key, element_key_int: index }) =>
      name === undefined
        ? `[${key === undefined ? String(index) : JSON.stringify(key)}]`
        : `.${name}`,
    )
    .join("")
    .replace(/^\./u, "");
}
