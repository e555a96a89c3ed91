/**
 * A number of any length, digit for digit. Terraform computes with 512 bits; an integer beyond 2^53 or a long fraction
 * must come back as it was, or core reports an inconsistent result. Equal numbers have equal `text`.
 */
export class Decimal {
  /** Canonical: "1.50" is "1.5", "-0" is "0". */
  readonly text: string;

  /** Throws TypeError when it is no finite number, or too long a one. A number counts with its shortest text: 0.1 is 0.1. */
  constructor(value: string | number | bigint) {
    this.text = canonicalDecimal(String(value));
  }

  /** The nearest JavaScript number. */
  toNumber(): number {
    return Number(this.text);
  }

  /** Throws RangeError when it is not whole, or has more digits than are handled here. */
  toBigInt(): bigint {
    const [digits = "", exponent = "0"] = this.text.split("e");
    const zeros = Number(exponent);
    if (digits.includes(".") || zeros < 0) throw new RangeError(`${this.text} is not whole`);
    if (zeros > MAX_DIGITS) throw new RangeError(`${this.text} has more than ${MAX_DIGITS} digits`);
    return BigInt(digits) * 10n ** BigInt(zeros);
  }

  /** Below zero when this is the smaller one, zero when both are equal. */
  compare(other: Decimal): number {
    return compareTexts(this.text, other.text);
  }

  toString(): string {
    return this.text;
  }

  /** As text: a JSON number would lose digits in most readers. */
  toJSON(): string {
    return this.text;
  }
}

/** More digits than this are refused. 512 bits are 155 digits; the exact text of a float64 has at most 1 080. */
const MAX_DIGITS = 4096;
/** A text of no more characters that JavaScript writes the same way needs no closer look. */
const SURELY_EXACT = 17;
/** Below it, whole parts of a 1024th have 15 digits at most, and JavaScript writes so few as they are. */
const SURELY_SHORT = 100_000;
const SURELY_SHORT_PARTS = 1024;
/** Plain digits up to this many places, scientific beyond, so that 1e1000000 stays short. */
const MAX_PLACES = 400;

/** The number a decimal text means: a JavaScript number when its shortest text is the same, else a `Decimal`. */
export function numeric(text: string): number | Decimal {
  if (text.length <= SURELY_EXACT) {
    const short = Number(text);
    if (Number.isFinite(short) && String(short) === text) return short;
  }
  const canonical = canonicalDecimal(text);
  const number = Number(canonical);
  return Number.isFinite(number) && canonicalDecimal(String(number)) === canonical
    ? number
    : new Decimal(canonical);
}

/** As `numeric`, for the exact value of a float64 that came over the wire. Infinities stay as they are. */
export function numericFromFloat(value: number): number | Decimal {
  if (Number.isNaN(value)) throw new TypeError("NaN is not a Terraform number");
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return value;
  if (Math.abs(value) < SURELY_SHORT && Number.isInteger(value * SURELY_SHORT_PARTS)) return value;
  return numeric(exactText(value));
}

/** As `Decimal.compare`, for numbers in either form, infinities included. */
export function compareNumbers(a: number | Decimal, b: number | Decimal): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (a === Infinity || b === -Infinity) return 1;
  if (a === -Infinity || b === Infinity) return -1;
  return compareTexts(canonicalDecimal(String(a)), canonicalDecimal(String(b)));
}

/** One spelling per number: "1.50" and "15e-1" give "1.5", "-0" gives "0". Throws TypeError when it is no number. */
export function canonicalDecimal(text: string): string {
  if (text.length > MAX_DIGITS) throw new TypeError(`number of more than ${MAX_DIGITS} characters`);
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/u.exec(text);
  if (match === null) throw new TypeError(`not a number: ${JSON.stringify(text.slice(0, 40))}`);
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const all = (whole + fraction).replace(/^0+/u, "");
  const digits = all.replace(/0+$/u, "");
  if (digits === "") return "0";
  const exponent = Number(exponentText) - fraction.length + (all.length - digits.length);
  return (sign === "-" ? "-" : "") + place(digits, exponent);
}

function place(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (exponent > MAX_PLACES || point < -MAX_PLACES) return `${digits}e${exponent}`;
  if (exponent >= 0) return digits + "0".repeat(exponent);
  return point > 0
    ? `${digits.slice(0, point)}.${digits.slice(point)}`
    : `0.${"0".repeat(-point)}${digits}`;
}

/** Of canonical texts: by sign, then by the place of the first digit, then digit by digit. Never writes zeros out. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [scientific(a), scientific(b)];
  if (left.sign !== right.sign) return left.sign - right.sign;
  if (left.point !== right.point) return left.sign * (left.point - right.point);
  return left.digits < right.digits ? -left.sign : left.sign;
}

/** sign * 0.DIGITS * 10^point, the first digit not zero. */
function scientific(text: string): { sign: number; digits: string; point: number } {
  const sign = text === "0" ? 0 : text.startsWith("-") ? -1 : 1;
  const [mantissa = "", exponent = "0"] = text.replace(/^-/u, "").split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  const digits = all.replace(/^0+/u, "");
  const point = whole.length - (all.length - digits.length) + Number(exponent);
  return { sign, digits: digits.replace(/0+$/u, ""), point };
}

/** mantissa * 2^power written out: a power of two below one is 5^n / 10^n. */
function exactText(value: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponentBits = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = exponentBits === 0 ? fraction : fraction | 0x10000000000000n;
  const power = Math.max(exponentBits, 1) - 1075;
  const sign = value < 0 ? "-" : "";
  return power >= 0
    ? `${sign}${mantissa << BigInt(power)}`
    : `${sign}${mantissa * 5n ** BigInt(-power)}e${power}`;
}
