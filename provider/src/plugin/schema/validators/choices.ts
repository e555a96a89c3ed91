import { custom, type Validator } from "../validator";
import { quoted } from "./wording";

type Scalar = string | number | bigint;

export function oneOf<const T extends Scalar>(...allowed: readonly T[]): Validator<T> {
  const list = listed(allowed);
  return custom(`one of ${list}`, (value) =>
    allowed.some((one) => equal(one, value)) ? undefined : `${quoted(value)} is not one of ${list}`,
  );
}

/** As `oneOf`, upper and lower case being the same. */
export function oneOfIgnoringCase(...allowed: readonly string[]): Validator<string> {
  const folded = new Set(allowed.map(fold));
  const list = listed(allowed);
  return custom(`one of ${list} in any case`, (value) =>
    folded.has(fold(value)) ? undefined : `${quoted(value)} is not one of ${list}`,
  );
}

export function noneOf<const T extends Scalar>(...refused: readonly T[]): Validator<T> {
  return custom(`none of ${listed(refused)}`, (value) =>
    refused.some((one) => equal(one, value)) ? `it is ${quoted(value)}` : undefined,
  );
}

/** 5 and 5n are the same number. */
function equal(a: Scalar, b: Scalar): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a >= b && a <= b;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function listed(values: readonly Scalar[]): string {
  return values.map(quoted).join(", ");
}
