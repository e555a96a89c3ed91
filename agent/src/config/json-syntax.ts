/** Where a text stops being JSON (RFC 8259): V8's own message has no position and quotes the text, secrets included. */
export interface SyntaxFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly expected: string;
}

/** undefined: the text is JSON. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  const scanner = new Scanner(text);
  const expected = scanner.value(0) ?? scanner.end();
  if (expected === undefined) return undefined;
  const before = text.slice(0, scanner.at);
  const line = before.split("\n").length;
  return { line, column: scanner.at - before.lastIndexOf("\n"), expected };
}

const maxDepth = 64;
const number = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const escape = /\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const space = /[ \t\r\n]*/y;

/** Each method moves `at` past what it reads and returns undefined, or stays at the fault and says what should be there. */
class Scanner {
  at = 0;
  constructor(private readonly text: string) {}

  value(depth: number): string | undefined {
    this.take(space);
    if (depth > maxDepth) return `at most ${maxDepth} levels`;
    const next = this.text[this.at];
    const fault = this.oneValue(next, depth);
    if (fault === undefined) this.take(space);
    return fault;
  }

  end(): string | undefined {
    return this.at === this.text.length ? undefined : "the end of the file";
  }

  private oneValue(next: string | undefined, depth: number): string | undefined {
    switch (next) {
      case "{":
        return this.list("}", "a key in double quotes", () => this.member(depth));
      case "[":
        return this.list("]", "a value", () => this.value(depth + 1));
      case '"':
        return this.string();
      default:
        if (["true", "false", "null"].some((word) => this.takeText(word))) return undefined;
        return this.take(number) === "" ? "a value" : undefined;
    }
  }

  private list(close: string, what: string, item: () => string | undefined): string | undefined {
    this.at++;
    this.take(space);
    if (this.takeText(close)) return undefined;
    for (;;) {
      this.take(space);
      // A comma before the closing bracket is the mistake made most.
      if (this.text[this.at] === close) return `${what}, not a comma before '${close}'`;
      const fault = item();
      if (fault !== undefined) return fault;
      if (this.takeText(close)) return undefined;
      if (!this.takeText(",")) return `',' or '${close}'`;
    }
  }

  private member(depth: number): string | undefined {
    if (this.text[this.at] !== '"') return "a key in double quotes";
    const fault = this.string();
    if (fault !== undefined) return fault;
    this.take(space);
    return this.takeText(":") ? this.value(depth + 1) : "':'";
  }

  private string(): string | undefined {
    this.at++;
    for (;;) {
      this.takePlainText();
      if (this.takeText('"')) return undefined;
      if (this.text[this.at] !== "\\")
        return "the closing '\"' (a line break in a text is written \\n)";
      if (this.take(escape) === "") return 'an escape such as \\n, \\" or \\\\';
    }
  }

  /** All but quotes, backslashes and control characters, which a JSON string must not hold. */
  private takePlainText(): void {
    for (; this.at < this.text.length; this.at++) {
      const character = this.text.charAt(this.at);
      if (character < " " || character === '"' || character === "\\") return;
    }
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}
