/** A key handed to a resource that is none, or an older one. The message never holds the key. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "KeyError";
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** `PREFIX.` and the JSON in base64url; equal facts give an equal text, so that a plan stays empty. */
export function encodeKey(prefix: string, facts: unknown): string {
  return `${prefix}.${Buffer.from(canonicalJson(facts)).toString("base64url")}`;
}

/** Throws KeyError. */
export function decodeKey(prefix: string, what: string, text: string): JsonObject {
  const trimmed = text.trim();
  if (!trimmed.startsWith(`${prefix}.`)) {
    const found = /^covey1[a-z](?=\.)/.exec(trimmed)?.[0];
    throw new KeyError(
      found === undefined
        ? `this is no ${what}: one begins with '${prefix}.'`
        : `this is a key of another kind ('${found}.'): a ${what} begins with '${prefix}.'`,
    );
  }
  const body = trimmed.slice(prefix.length + 1);
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below, without the text: it is a secret.
  }
  throw new KeyError(`this ${what} is damaged: was it cut when it was copied?`);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads typed facts out of a decoded key; every method throws KeyError naming the fact. */
export class Facts {
  constructor(
    private readonly what: string,
    private readonly facts: JsonObject,
  ) {}

  string(name: string): string {
    const value = this.facts[name];
    return typeof value === "string" && value !== "" ? value : this.#missing(name);
  }

  strings(name: string): readonly string[] {
    const value = this.facts[name];
    return Array.isArray(value) && value.length > 0 && value.every(isString)
      ? value
      : this.#missing(name);
  }

  record(name: string): Readonly<Record<string, string>> {
    const value = this.facts[name];
    return isObject(value) && Object.values(value).every(isString)
      ? (value as Record<string, string>)
      : this.#missing(name);
  }

  object(name: string): Facts {
    const value = this.facts[name];
    return isObject(value) ? new Facts(this.what, value) : this.#missing(name);
  }

  optional(name: string): string | undefined {
    return this.facts[name] === undefined ? undefined : this.string(name);
  }

  #missing(name: string): never {
    throw new KeyError(
      `this ${this.what} lacks '${name}': it was made by another version of Covey`,
    );
  }
}

/** JSON with sorted names. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
