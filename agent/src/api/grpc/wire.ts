/** What arrived is no message we know: a fault of the peer, or a version too new. The text names field and value. */
export class WireError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WireError";
  }
}

/** One message as proto-loader hands it over, read field by field with checks. Proto3's defaults are filled in by then. */
export class WireMessage {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    readonly name: string,
  ) {
    if (typeof value !== "object" || value === null) throw new WireError(`${name} is missing`);
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  text(field: string): string {
    const value = this.#fields[field];
    if (typeof value !== "string") throw this.#wrong(field, "must be a string");
    return value;
  }

  /** A name or an id: never empty. */
  filled(field: string): string {
    const value = this.text(field);
    if (value === "") throw this.#wrong(field, "must not be empty");
    return value;
  }

  flag(field: string): boolean {
    const value = this.#fields[field];
    if (typeof value !== "boolean") throw this.#wrong(field, "must be a boolean");
    return value;
  }

  /** Finite and not negative. */
  amount(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
      throw this.#wrong(field, "must be a number that is not negative");
    return value;
  }

  integer(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== "number" || !Number.isSafeInteger(value))
      throw this.#wrong(field, "must be a whole number");
    return value;
  }

  port(field: string): number {
    const value = this.integer(field);
    if (value < 1 || value > 65_535) throw this.#wrong(field, "must be a port");
    return value;
  }

  oneOf<T extends string>(field: string, known: Readonly<Record<T, true>>): T {
    const value = this.text(field);
    if (!isKey(value, known))
      throw this.#wrong(field, `must be one of ${Object.keys(known).join(", ")}`);
    return value;
  }

  /** undefined where the field is absent. */
  optional<T>(field: string, read: (field: string) => T): T | undefined {
    return this.has(field) ? read(field) : undefined;
  }

  has(field: string): boolean {
    const value = this.#fields[field];
    return value !== undefined && value !== null;
  }

  /** What the model can read itself: its shape is the wire's. */
  as<T>(field: string, read: (value: unknown) => T): T {
    try {
      return read(this.#fields[field]);
    } catch (error) {
      throw new WireError(`${this.name}: ${(error as Error).message}`, { cause: error });
    }
  }

  message(field: string): WireMessage {
    return new WireMessage(this.#fields[field], `${this.name}.${field}`);
  }

  messages(field: string): WireMessage[] {
    return this.#list(field).map(
      (one, index) => new WireMessage(one, `${this.name}.${field}[${index}]`),
    );
  }

  texts(field: string): string[] {
    return this.#list(field).map((one) => {
      if (typeof one !== "string") throw this.#wrong(field, "must be strings");
      return one;
    });
  }

  /** A list of `Pair`. */
  pairs(field: string): Record<string, string> {
    return Object.fromEntries(
      this.messages(field).map((pair) => [pair.text("key"), pair.text("value")] as const),
    );
  }

  #list(field: string): readonly unknown[] {
    const value = this.#fields[field];
    if (!Array.isArray(value)) throw this.#wrong(field, "must be a list");
    return value;
  }

  #wrong(field: string, rule: string): WireError {
    const value = this.#fields[field];
    const shown = typeof value === "string" ? `'${value.slice(0, 60)}'` : typeof value;
    return new WireError(`${this.name}.${field} ${rule}, not ${shown}`);
  }
}

export interface Pair {
  readonly key: string;
  readonly value: string;
}

export function toPairs(record: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}

export function isKey<T extends string>(text: string, known: Readonly<Record<T, true>>): text is T {
  return Object.hasOwn(known, text);
}
