/** Reads the tokens of Protocol Buffers' wire format. Throws RangeError on bytes that are none. */
export class ProtoReader {
  private offset = 0;
  private readonly buffer: Buffer;

  constructor(
    bytes: Uint8Array,
    /** How many messages the one being read lies in. */
    readonly depth = 0,
  ) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.offset >= this.buffer.length;
  }

  /** Returns itself when the field came in the form its description wants. */
  expect(wireType: number, wanted: number): this {
    if (wireType !== wanted) throw new RangeError(`wire type ${wireType}, expected ${wanted}`);
    return this;
  }

  /** At most 10 bytes, signed 64 bits. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.buffer[this.offset];
      if (byte === undefined) throw new RangeError("the message ends too early");
      this.offset += 1;
      if (byte < 0x80 && shift === 0n) return byte;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError("a varint of more than 10 bytes");
  }

  bytes(): Uint8Array {
    const start = this.advance(this.varint());
    return this.buffer.subarray(start, this.offset);
  }

  text(): string {
    const start = this.advance(this.varint());
    return this.buffer.toString("utf8", start, this.offset);
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.advance(8);
    else if (wireType === 2) this.advance(this.varint());
    else if (wireType === 5) this.advance(4);
    else throw new RangeError(`unsupported wire type ${wireType}`);
  }

  private advance(length: number): number {
    const start = this.offset;
    if (length < 0 || length > this.buffer.length - start) {
      throw new RangeError("the message ends too early");
    }
    this.offset = start + length;
    return start;
  }
}

const MAX_INT64 = 2n ** 63n - 1n;

/** Writes fields in Protocol Buffers' wire format. */
export class ProtoWriter {
  private readonly parts: Uint8Array[] = [];

  finish(): Buffer {
    return Buffer.concat(this.parts);
  }

  varint(number: number, value: number): void {
    this.parts.push(varintBytes(number << 3), varintBytes(value));
  }

  bytes(number: number, value: Uint8Array): void {
    this.parts.push(varintBytes((number << 3) | 2), varintBytes(value.length), value);
  }
}

function varintBytes(value: number): Uint8Array {
  const out: number[] = [];
  if (value >= 0 && value < 0x10000000) {
    let small = value;
    for (; small > 0x7f; small >>>= 7) out.push((small & 0x7f) | 0x80);
    out.push(small);
    return Uint8Array.from(out);
  }
  // The largest number of 64 bits is read as 2^63, the nearest that a number holds.
  const whole = value >= 2 ** 63 ? MAX_INT64 : BigInt(Math.trunc(value));
  let rest = BigInt.asUintN(64, whole);
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}
