/** What .proto texts declare, by full name. */
export interface Declarations {
  readonly messages: Map<string, readonly DeclaredField[]>;
  /** The numbers of their values. */
  readonly enums: Map<string, ReadonlyMap<string, number>>;
}

export interface DeclaredField {
  readonly name: string;
  readonly number: number;
  readonly rule: "required" | "optional" | "repeated" | "map";
  /** As written; of a map, that of its values. */
  readonly type: string;
}

const word = /^[\w.]+$/u;
const rules: ReadonlySet<string> = new Set(["required", "optional", "repeated"]);

/**
 * Reads the part of proto2 that our own texts are written in: messages and enums in one another, maps by strings, defaults (which
 * are not kept). protobufjs' parser reads all of it, and takes ten times as long and 8 MB for what is asked once in an agent's
 * life. Throws Error on all else.
 */
export function readDeclarations(text: string, into: Declarations): void {
  new ProtoText(text, into).read();
}

class ProtoText {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(
    text: string,
    private readonly into: Declarations,
  ) {
    this.#tokens = text.match(/"[^"]*"|[\w.]+|\S/gu) ?? [];
  }

  read(): void {
    this.#take("syntax", "=", '"proto2"', ";");
    let scope = "";
    while (this.#at < this.#tokens.length) {
      const kind = this.#next();
      if (kind === "package") scope = `${this.#next()}.`;
      else if (kind === "import") this.#next();
      else {
        this.#declaration(kind, scope);
        continue;
      }
      this.#take(";");
    }
  }

  #declaration(kind: string, scope: string): void {
    if (kind === "message") this.#message(scope);
    else if (kind === "enum") this.#enum(scope);
    else throw new Error(`${scope}: ${kind} is not read here`);
  }

  #message(scope: string): void {
    const name = `${scope}${this.#word()}`;
    const fields: DeclaredField[] = [];
    this.#take("{");
    for (let token = this.#next(); token !== "}"; token = this.#next()) {
      if (isRule(token)) fields.push(this.#field(token, this.#word()));
      else if (token === "map") fields.push(this.#map());
      else this.#declaration(token, `${name}.`);
    }
    this.into.messages.set(name, fields);
  }

  #map(): DeclaredField {
    this.#take("<", "string", ",");
    const type = this.#word();
    this.#take(">");
    return this.#field("map", type);
  }

  #field(rule: DeclaredField["rule"], type: string): DeclaredField {
    const name = this.#word();
    const number = this.#number();
    if (this.#tokens[this.#at] === "[") {
      this.#take("[", "default", "=");
      this.#next();
      this.#take("]");
    }
    this.#take(";");
    return { name, number, rule, type };
  }

  #enum(scope: string): void {
    const name = `${scope}${this.#word()}`;
    const values = new Map<string, number>();
    this.#take("{");
    while (this.#tokens[this.#at] !== "}") {
      values.set(this.#word(), this.#number());
      this.#take(";");
    }
    this.#take("}");
    this.into.enums.set(name, values);
  }

  #number(): number {
    this.#take("=");
    return Number.parseInt(this.#word(), 10);
  }

  #word(): string {
    const token = this.#next();
    if (!word.test(token)) throw new Error(`a name or number is wanted, not ${token}`);
    return token;
  }

  #take(...wanted: readonly string[]): void {
    for (const token of wanted) {
      const found = this.#next();
      if (found !== token) throw new Error(`${token} is wanted, not ${found}`);
    }
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error("the text ends too early");
    this.#at += 1;
    return token;
  }
}

function isRule(token: string): token is DeclaredField["rule"] {
  return rules.has(token);
}
