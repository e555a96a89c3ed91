/** Of each byte, then of the end: how many bits its code has (RFC 7541, appendix B). */
const codeBits = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5,
  6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6,
  7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23,
  23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22,
  22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22,
  23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27,
  27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25,
  24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const end = 256;

/** `first` is the smallest code of so many bits; `bytes` are what it and the following codes stand for. */
interface Length {
  readonly bits: number;
  readonly first: number;
  readonly bytes: readonly number[];
}

let lengths: readonly Length[] | undefined;

/** Reads a string in HPACK's Huffman code. Throws RangeError on one that is damaged. */
export function decodeHuffman(coded: Uint8Array): string {
  lengths ??= canonicalCode();
  const out: number[] = [];
  let code = 0;
  let bits = 0;
  for (let position = 0; position < coded.length * 8; position++) {
    const byte = coded[position >> 3] ?? 0;
    code = (code << 1) | ((byte >> (7 - (position & 7))) & 1);
    bits += 1;
    const found = lookUp(lengths, code, bits);
    if (found === undefined) continue;
    if (found === end) throw new RangeError("a Huffman code that goes on after its end");
    out.push(found);
    code = 0;
    bits = 0;
  }
  // What is left over are up to seven ones, the beginning of the end's code.
  if (bits > 7 || code !== (1 << bits) - 1) throw new RangeError("a Huffman code that is cut off");
  return Buffer.from(out).toString("latin1");
}

function lookUp(all: readonly Length[], code: number, bits: number): number | undefined {
  const length = all.find((one) => one.bits === bits);
  if (length === undefined) {
    if (bits >= 30) throw new RangeError("no Huffman code");
    return undefined;
  }
  return length.bytes[code - length.first];
}

/** The code is canonical: shorter ones first, within one length by byte. */
function canonicalCode(): readonly Length[] {
  const all: Length[] = [];
  let next = 0;
  for (let bits = 1; bits <= 30; bits++) {
    next <<= 1;
    const bytes = codeBits.flatMap((of, byte) => (of === bits ? [byte] : []));
    if (bytes.length > 0) all.push({ bits, first: next, bytes });
    next += bytes.length;
  }
  return all;
}
