import type { Validator } from "../validator";

/**
 * For a secret that is stored in the state: points at the write-only attribute beside it, which is not. Says nothing to
 * a Terraform without write-only attributes (before 1.11).
 */
export function preferWriteOnly(alternative: string): Validator<unknown> {
  return {
    description: `better given as ${alternative}, which is not stored in the state`,
    check: (_value, { writeOnlyAllowed }) =>
      writeOnlyAllowed
        ? {
            severity: "warning",
            summary: "Write-only alternative available",
            rule: `Use the write-only attribute ${alternative} instead`,
            problem: "a value given here is stored in the state",
          }
        : undefined,
  };
}
