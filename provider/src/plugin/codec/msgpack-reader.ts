import { numeric, numericFromFloat, type Decimal } from "../values/decimal";
import { CodecError } from "./codec-error";

/**
 * Reads MessagePack token by token, so that the type decides what comes next and no length that a message claims is
 * believed before the bytes for it are there.
 */
export class MsgpackReader {
  private offset = 0;
  private readonly view: DataView;
  private readonly buffer: Buffer;

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.offset === this.buffer.length;
  }

  /** Consumes `token` if its very bytes are next. */
  skipIf(token: Uint8Array): boolean {
    const { buffer, offset } = this;
    if (token.length > buffer.length - offset) return false;
    for (let index = 0; index < token.length; index += 1) {
      if (buffer[offset + index] !== token[index]) return false;
    }
    this.offset += token.length;
    return true;
  }

  /** Consumes a nil if one is next. */
  nil(): boolean {
    if (this.peek() !== 0xc0) return false;
    this.offset += 1;
    return true;
  }

  /** Consumes an extension if one is next. */
  extension(): { readonly type: number; readonly data: Uint8Array } | undefined {
    const code = this.peek();
    if (code >= 0xd4 && code <= 0xd8) {
      this.offset += 1;
      return this.extensionBody(1 << (code - 0xd4));
    }
    if (code < 0xc7 || code > 0xc9) return undefined;
    this.offset += 1;
    return this.extensionBody(this.length(code - 0xc7));
  }

  bool(): boolean {
    const code = this.take();
    if (code === 0xc2 || code === 0xc3) return code === 0xc3;
    throw this.unexpected("a bool", code);
  }

  string(): string {
    const code = this.take();
    if (code >= 0xa0 && code <= 0xbf) return this.text(code & 0x1f);
    if (code >= 0xd9 && code <= 0xdb) return this.text(this.length(code - 0xd9));
    throw this.unexpected("a string", code);
  }

  binary(): Uint8Array {
    const code = this.take();
    if (code >= 0xc4 && code <= 0xc6) return this.bytes(this.length(code - 0xc4));
    throw this.unexpected("binary", code);
  }

  /** Integers and floats as they are, and decimals as text. */
  number(): number | Decimal {
    const code = this.peek();
    if (isString(code)) return this.numberText(this.string());
    this.offset += 1;
    if (code <= 0x7f) return code;
    if (code >= 0xe0) return code - 0x100;
    return this.wideNumber(code);
  }

  /** The number of elements that follow. */
  arrayHeader(): number {
    const code = this.take();
    if (code >= 0x90 && code <= 0x9f) return this.claim(code & 0x0f, 1);
    if (code === 0xdc || code === 0xdd) return this.claim(this.length(code - 0xdb), 1);
    throw this.unexpected("an array", code);
  }

  /** The number of key-value pairs that follow. */
  mapHeader(): number {
    const code = this.take();
    if (code >= 0x80 && code <= 0x8f) return this.claim(code & 0x0f, 2);
    if (code === 0xde || code === 0xdf) return this.claim(this.length(code - 0xdd), 2);
    throw this.unexpected("a map", code);
  }

  /** Passes over one value of whatever kind. Iterative: nesting cannot exhaust the stack. */
  skip(): void {
    for (let left = 1; left > 0; left -= 1) left += this.skipToken();
  }

  /** The number of values inside the one passed over. */
  private skipToken(): number {
    if (this.nil() || this.extension() !== undefined) return 0;
    const code = this.peek();
    if (isArray(code)) return this.arrayHeader();
    if (isMap(code)) return this.mapHeader() * 2;
    if (code === 0xc2 || code === 0xc3) this.bool();
    else if (code >= 0xc4 && code <= 0xc6) this.binary();
    else if (isString(code)) this.string();
    else this.number();
    return 0;
  }

  private wideNumber(code: number): number | Decimal {
    switch (code) {
      case 0xca:
        return this.float(this.view.getFloat32(this.advance(4)));
      case 0xcb:
        return this.float(this.view.getFloat64(this.advance(8)));
      case 0xcc:
        return this.view.getUint8(this.advance(1));
      case 0xcd:
        return this.view.getUint16(this.advance(2));
      case 0xce:
        return this.view.getUint32(this.advance(4));
      case 0xcf:
        return numeric(this.view.getBigUint64(this.advance(8)).toString());
      case 0xd0:
        return this.view.getInt8(this.advance(1));
      case 0xd1:
        return this.view.getInt16(this.advance(2));
      case 0xd2:
        return this.view.getInt32(this.advance(4));
      case 0xd3:
        return numeric(this.view.getBigInt64(this.advance(8)).toString());
      default:
        throw this.unexpected("a number", code);
    }
  }

  private float(value: number): number | Decimal {
    if (Number.isNaN(value)) throw new CodecError("NaN is not a Terraform number");
    return numericFromFloat(value);
  }

  private numberText(text: string): number | Decimal {
    try {
      return numeric(text);
    } catch (error) {
      throw new CodecError((error as Error).message);
    }
  }

  private extensionBody(length: number): { readonly type: number; readonly data: Uint8Array } {
    const type = this.view.getInt8(this.advance(1));
    return { type, data: this.bytes(length) };
  }

  /** A length of 1, 2 or 4 bytes, by `width` 0, 1, 2. */
  private length(width: number): number {
    if (width === 0) return this.view.getUint8(this.advance(1));
    if (width === 1) return this.view.getUint16(this.advance(2));
    return this.view.getUint32(this.advance(4));
  }

  private text(length: number): string {
    const start = this.advance(length);
    return this.buffer.toString("utf8", start, start + length);
  }

  private bytes(length: number): Uint8Array {
    const start = this.advance(length);
    return Uint8Array.prototype.slice.call(this.buffer, start, start + length);
  }

  private claim(count: number, bytesEach: number): number {
    if (count * bytesEach > this.buffer.length - this.offset) {
      throw new CodecError(`${count} elements announced, but only few bytes follow`);
    }
    return count;
  }

  private peek(): number {
    const code = this.buffer[this.offset];
    if (code === undefined) throw new CodecError("the message ends too early");
    return code;
  }

  private take(): number {
    const code = this.peek();
    this.offset += 1;
    return code;
  }

  private advance(length: number): number {
    const start = this.offset;
    if (length > this.buffer.length - start) throw new CodecError("the message ends too early");
    this.offset = start + length;
    return start;
  }

  private unexpected(wanted: string, code: number): CodecError {
    return new CodecError(`expected ${wanted}, found MessagePack code 0x${code.toString(16)}`);
  }
}

function isString(code: number): boolean {
  return (code >= 0xa0 && code <= 0xbf) || (code >= 0xd9 && code <= 0xdb);
}

function isArray(code: number): boolean {
  return (code >= 0x90 && code <= 0x9f) || code === 0xdc || code === 0xdd;
}

function isMap(code: number): boolean {
  return (code >= 0x80 && code <= 0x8f) || code === 0xde || code === 0xdf;
}
