import { Decimal } from "../values/decimal";

const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** Up to this size a buffer is kept for the next message; strings up to the other are written byte by byte. */
const KEPT_BYTES = 256 * 1024;
const SHORT_STRING = 40;
let kept: Buffer | undefined = Buffer.allocUnsafe(16 * 1024);

/** Writes MessagePack token by token into a buffer that grows. */
export class MsgpackWriter {
  private buffer: Buffer;
  private offset = 0;

  constructor() {
    this.buffer = kept ?? Buffer.allocUnsafe(1024);
    kept = undefined;
  }

  /** What was written. The writer is done with after this. */
  finish(): Buffer {
    const written = Buffer.from(this.buffer.subarray(0, this.offset));
    if (this.buffer.length <= KEPT_BYTES) kept = this.buffer;
    return written;
  }

  /** What was encoded before. */
  raw(token: Uint8Array): void {
    this.bytes(token);
  }

  nil(): void {
    this.byte(0xc0);
  }

  bool(value: boolean): void {
    this.byte(value ? 0xc3 : 0xc2);
  }

  string(value: string): void {
    if (value.length < SHORT_STRING && this.shortAscii(value)) return;
    const length = Buffer.byteLength(value);
    if (length < 32) this.byte(0xa0 | length);
    else this.header(length, [0xd9, 0xda, 0xdb]);
    this.offset += this.reserve(length).write(value, this.offset);
  }

  binary(value: Uint8Array): void {
    this.header(value.length, [0xc4, 0xc5, 0xc6]);
    this.bytes(value);
  }

  extension(type: number, data: Uint8Array): void {
    const fixed = [1, 2, 4, 8, 16].indexOf(data.length);
    if (fixed >= 0) this.byte(0xd4 + fixed);
    else this.header(data.length, [0xc7, 0xc8, 0xc9]);
    this.byte(type);
    this.bytes(data);
  }

  arrayHeader(count: number): void {
    if (count < 16) this.byte(0x90 | count);
    else this.header(count, [undefined, 0xdc, 0xdd]);
  }

  mapHeader(count: number): void {
    if (count < 16) this.byte(0x80 | count);
    else this.header(count, [undefined, 0xde, 0xdf]);
  }

  /** Integers that fit 64 bits as such, everything else as decimal text, which is exact. */
  number(value: number | Decimal): void {
    if (value instanceof Decimal) this.decimal(value.text);
    else if (Number.isSafeInteger(value)) this.integer(value);
    else if (Number.isFinite(value)) this.string(String(value));
    else this.float(value);
  }

  /** Writes nothing when a character is not ASCII. */
  private shortAscii(value: string): boolean {
    const { length } = value;
    const buffer = this.reserve(length + 2);
    let at = this.offset;
    if (length < 32) buffer[at++] = 0xa0 | length;
    else {
      buffer[at++] = 0xd9;
      buffer[at++] = length;
    }
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[at++] = code;
    }
    this.offset = at;
    return true;
  }

  private decimal(text: string): void {
    const integer = /^-?\d{1,20}$/u.test(text) ? BigInt(text) : undefined;
    if (integer === undefined || integer > MAX_UINT64 || integer < MIN_INT64) this.string(text);
    else if (integer >= 0n) this.uint64(integer);
    else this.int64(integer);
  }

  private integer(value: number): void {
    if (value >= 0 && value < 0x80) this.byte(value);
    else if (value < 0 && value >= -32) this.byte(value & 0xff);
    else if (value > 0xffffffff) this.uint64(BigInt(value));
    else if (value > 0) this.header(value, [0xcc, 0xcd, 0xce]);
    else this.int64(BigInt(value));
  }

  private uint64(value: bigint): void {
    this.byte(0xcf);
    this.offset = this.reserve(8).writeBigUInt64BE(value, this.offset);
  }

  private int64(value: bigint): void {
    this.byte(0xd3);
    this.offset = this.reserve(8).writeBigInt64BE(value, this.offset);
  }

  private float(value: number): void {
    this.byte(0xcb);
    this.offset = this.reserve(8).writeDoubleBE(value, this.offset);
  }

  /** The code for a length that fits 1, 2 or 4 bytes, then the length. */
  private header(
    length: number,
    [one, two, four]: readonly [number | undefined, number, number],
  ): void {
    if (length <= 0xff && one !== undefined) {
      this.byte(one);
      this.byte(length);
    } else if (length <= 0xffff) {
      this.byte(two);
      this.offset = this.reserve(2).writeUInt16BE(length, this.offset);
    } else {
      this.byte(four);
      this.offset = this.reserve(4).writeUInt32BE(length, this.offset);
    }
  }

  private byte(value: number): void {
    this.reserve(1)[this.offset] = value;
    this.offset += 1;
  }

  private bytes(value: Uint8Array): void {
    const buffer = this.reserve(value.length);
    if (value.length > SHORT_STRING) buffer.set(value, this.offset);
    else
      for (let index = 0; index < value.length; index += 1)
        buffer[this.offset + index] = value[index] ?? 0;
    this.offset += value.length;
  }

  private reserve(length: number): Buffer {
    if (this.offset + length > this.buffer.length) {
      const bigger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.offset + length));
      this.buffer.copy(bigger, 0, 0, this.offset);
      this.buffer = bigger;
    }
    return this.buffer;
  }
}
