import { decodeHuffman } from "./huffman";

/** RFC 7541, appendix A, from index 1 on; values only where there are some. */
const staticNames =
  ":authority :method :method :path :path :scheme :scheme :status :status :status :status :status :status :status accept-charset accept-encoding accept-language accept-ranges accept access-control-allow-origin age allow authorization cache-control content-disposition content-encoding content-language content-length content-location content-range content-type cookie date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified link location max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after server set-cookie strict-transport-security transfer-encoding user-agent vary via www-authenticate".split(
    " ",
  );
const staticValues =
  "|GET|POST|/|/index.html|http|https|200|204|206|304|400|404|500||gzip, deflate".split("|");

type Header = readonly [name: string, value: string];

/** What a table may hold before the settings say otherwise; and what we leave it at. */
const tableBytesMax = 4096;
/** RFC 7541, 4.1: what an entry counts beyond its letters. */
const entryOverheadBytes = 32;
const integerMax = 1 << 24;

/** The receiving end of one connection's header compression. Throws RangeError on a block that is damaged. */
export class HeaderDecoder {
  /** Newest first. */
  readonly #table: Header[] = [];
  #bytes = 0;
  #limit = tableBytesMax;
  #block: Uint8Array = new Uint8Array(0);
  #offset = 0;

  decode(block: Uint8Array): readonly Header[] {
    this.#block = block;
    this.#offset = 0;
    const headers: Header[] = [];
    while (this.#offset < block.length) {
      const header = this.#field(block[this.#offset] ?? 0);
      if (header !== undefined) headers.push(header);
    }
    return headers;
  }

  /** One field by its first bits; undefined: an instruction. */
  #field(first: number): Header | undefined {
    if (first & 0x80) return this.#entry(this.#integer(7));
    if (first & 0x40) return this.#remember(this.#literal(6));
    if (first & 0x20) {
      this.#resize(this.#integer(5));
      return undefined;
    }
    return this.#literal(4);
  }

  #literal(prefixBits: number): Header {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#text() : this.#entry(index)[0];
    return [name, this.#text()];
  }

  #entry(index: number): Header {
    const name = index === 0 ? undefined : staticNames[index - 1];
    if (name !== undefined) return [name, staticValues[index - 1] ?? ""];
    const entry = this.#table[index - staticNames.length - 1];
    if (entry === undefined) throw new RangeError(`no header has the index ${index}`);
    return entry;
  }

  #remember(header: Header): Header {
    this.#table.unshift(header);
    this.#bytes += sizeOf(header);
    this.#evict();
    return header;
  }

  #resize(limit: number): void {
    if (limit > tableBytesMax) throw new RangeError(`a header table of ${limit} bytes`);
    this.#limit = limit;
    this.#evict();
  }

  #evict(): void {
    while (this.#bytes > this.#limit) {
      const oldest = this.#table.pop();
      if (oldest === undefined) break;
      this.#bytes -= sizeOf(oldest);
    }
  }

  #text(): string {
    const isHuffman = ((this.#block[this.#offset] ?? 0) & 0x80) !== 0;
    const length = this.#integer(7);
    const start = this.#offset;
    if (length > this.#block.length - start) throw new RangeError("a header that is cut off");
    this.#offset = start + length;
    const bytes = this.#block.subarray(start, this.#offset);
    return isHuffman ? decodeHuffman(bytes) : Buffer.from(bytes).toString("latin1");
  }

  /** RFC 7541, 5.1: in the last bits of a byte, or where they are all ones, in bytes that follow. */
  #integer(prefixBits: number): number {
    const mask = (1 << prefixBits) - 1;
    let value = (this.#next() & mask) >>> 0;
    if (value < mask) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#next();
      value += (byte & 0x7f) * 2 ** shift;
      if (value > integerMax) throw new RangeError("a number in a header that is too large");
      if (byte < 0x80) return value;
    }
  }

  #next(): number {
    const byte = this.#block[this.#offset];
    if (byte === undefined) throw new RangeError("a header that is cut off");
    this.#offset += 1;
    return byte;
  }
}

function sizeOf([name, value]: Header): number {
  return name.length + value.length + entryOverheadBytes;
}

/** A block that needs no table: every field spelled out, no Huffman code. Texts of up to 126 bytes in ASCII, or longer values. */
export function encodeHeaders(headers: readonly Header[]): Buffer {
  return Buffer.concat(
    headers.flatMap(([name, value]) => [Buffer.from([0]), encodeText(name), encodeText(value)]),
  );
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const length: number[] = [];
  if (bytes.length < 0x7f) length.push(bytes.length);
  else {
    length.push(0x7f);
    let rest = bytes.length - 0x7f;
    for (; rest >= 0x80; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}
