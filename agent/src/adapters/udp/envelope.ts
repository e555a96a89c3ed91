import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { MeshPath } from "../../model/mesh-message";

/**
 * A sealed packet: format byte, 12 random bytes of nonce, AES-256-GCM of the content, 16 bytes of tag. The cluster's
 * name is additional authenticated data, so that clusters that share a key by mistake still do not mix; so is the path,
 * so that what was seen on one cannot be replayed on the other, which counts apart.
 *
 * Random nonces are safe up to about 2^32 packets under one key (NIST SP 800-38D, 8.3): a hundred nodes reach
 * that in some weeks of full traffic. Rotate the key sooner there: add the new one to all, then put it first.
 */
const format = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const envelopeBytes = 1 + nonceBytes + tagBytes;

export class Envelope {
  private readonly additional: Buffer;

  /**
   * The first key encrypts, all decrypt.
   * @throws Error where there is no key, or one is not 32 bytes long.
   */
  constructor(
    cluster: string,
    path: MeshPath,
    private readonly keys: readonly Buffer[],
  ) {
    if (keys.length === 0) throw new Error("mesh: at least one gossip key is needed");
    for (const [index, key] of keys.entries())
      if (key.length !== 32)
        throw new Error(
          `mesh: gossip key ${index + 1} of ${keys.length} has ${key.length} bytes; AES-256 needs 32`,
        );
    this.additional = Buffer.from(`covey-mesh/${format}/${path}\0${cluster}`);
  }

  seal(content: Uint8Array): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.keys[0] as Buffer, nonce);
    cipher.setAAD(this.additional);
    const sealed = cipher.update(content);
    cipher.final();
    return Buffer.concat([Buffer.of(format), nonce, sealed, cipher.getAuthTag()]);
  }

  /** undefined where no key of ours opens it: forged, damaged, or of another cluster. */
  open(sealed: Uint8Array): Buffer | undefined {
    if (sealed.length < envelopeBytes || sealed[0] !== format) return undefined;
    for (const key of this.keys) {
      const content = this.openWith(key, sealed);
      if (content) return content;
    }
    return undefined;
  }

  private openWith(key: Buffer, sealed: Uint8Array): Buffer | undefined {
    const nonce = sealed.subarray(1, 1 + nonceBytes);
    const tagAt = sealed.length - tagBytes;
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(this.additional);
    decipher.setAuthTag(sealed.subarray(tagAt));
    const content = decipher.update(sealed.subarray(1 + nonceBytes, tagAt));
    try {
      decipher.final();
      return content;
    } catch {
      return undefined;
    }
  }
}
