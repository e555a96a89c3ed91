import { minSealedBytes } from "./seal";

/** A length in so many bytes, big-endian, and then as many bytes as it says. */
const headBytes = 4;
const maxFrameBytes = 1024 * 1024;
/** What a frame may hold. */
export const maxFramedBytes = maxFrameBytes - headBytes;

export function writeFrame(sealed: Uint8Array): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(sealed.length);
  return Buffer.concat([head, sealed]);
}

export type FrameStep =
  | { readonly kind: "more" }
  | { readonly kind: "whole"; readonly sealed: Buffer }
  | { readonly kind: "broken"; readonly cause: "too-large" | "malformed"; readonly bytes: number };

/** Puts one frame together from what arrives; holds no more than that. After `whole` or `broken` it is over. */
export class FrameReader {
  private readonly head = Buffer.alloc(headBytes);
  private headHeld = 0;
  private sealed: Buffer | undefined;
  private sealedHeld = 0;

  take(chunk: Buffer): FrameStep {
    const copied = chunk.copy(this.head, this.headHeld);
    this.headHeld += copied;
    if (this.headHeld < headBytes) return { kind: "more" };
    const bytes = this.head.readUInt32BE(0);
    if (bytes > maxFramedBytes) return { kind: "broken", cause: "too-large", bytes };
    if (bytes < minSealedBytes) return { kind: "broken", cause: "malformed", bytes };
    return this.fill(bytes, chunk.subarray(copied));
  }

  /** One buffer for all of it: many small chunks would take far more memory than their bytes. */
  private fill(bytes: number, chunk: Buffer): FrameStep {
    this.sealed ??= Buffer.allocUnsafeSlow(bytes);
    if (chunk.length > bytes - this.sealedHeld)
      return { kind: "broken", cause: "malformed", bytes: this.sealedHeld + chunk.length };
    this.sealedHeld += chunk.copy(this.sealed, this.sealedHeld);
    return this.sealedHeld < bytes ? { kind: "more" } : { kind: "whole", sealed: this.sealed };
  }
}
