import { MesosCodecError } from "../codec-error";

const shownCharacters = 60;

/**
 * Of messages, lists and objects in one body. An empty one is two bytes on the way in and a hundred here; an ACCEPT of 4000
 * tasks, each with 50 of them, is still read.
 */
export const partsAtMost = 262_144;

/** Where in a message its reader is, for the sentence that refuses what stands there. After a refusal it is of no use. */
export class Place {
  readonly #steps: (string | number)[] = [];
  #parts = 0;

  /** Into a field by its name, or an element of the field by its index. */
  enter(step: string | number): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Where one more message begins. Throws MesosCodecError where it is one too many. */
  begin(): void {
    this.#parts += 1;
    if (this.#parts > partsAtMost) throw tooManyParts();
  }

  /** `rule` goes on after "which" or "it": "must be a number". */
  refusal(value: unknown, rule: string): MesosCodecError {
    return new MesosCodecError(`${this.#path()} is ${shown(value)}: it ${rule}`);
  }

  missing(field: string): MesosCodecError {
    this.enter(field);
    return new MesosCodecError(`${this.#path()} is missing: it is required`);
  }

  unreadable(because: string): MesosCodecError {
    return new MesosCodecError(`${this.#path()} cannot be read: ${because}`);
  }

  #path(): string {
    if (this.#steps.length === 0) return "the body";
    const path = this.#steps
      .map((step) => (typeof step === "number" ? `[${step}]` : `.${clipped(step)}`))
      .join("");
    return path.slice(1);
  }
}

export function tooManyParts(): MesosCodecError {
  return new MesosCodecError(`the body has more than ${partsAtMost} messages and lists in it`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(clipped(value));
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

function clipped(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}...` : text;
}
