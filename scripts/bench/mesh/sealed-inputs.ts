import { randomBytes } from "node:crypto";
import { Envelope } from "../../../agent/src/adapters/udp/envelope";
import { Seal } from "../../../agent/src/adapters/udp/seal";
import { writeStamp } from "../../../agent/src/adapters/udp/session";
import type { SeededRandom } from "../../../agent/test/fakes/seeded-random";
import type { Verdict } from "./fuzz";

const cluster = "fuzz";

/** What a socket hands over: nonsense of one who has the key, and what was damaged, or made up, without it. */
export class SealedInputs {
  private readonly key = randomBytes(32);
  private readonly envelope = new Envelope(cluster, "datagram", [this.key]);
  private readonly seal = new Seal(cluster, "datagram", [randomBytes(32), this.key]);
  private count = 0;

  constructor(private readonly random: SeededRandom) {}

  /** Throws where the seal does. */
  open(content: Uint8Array): Verdict {
    const { random } = this;
    const way = random.integer(0, 3);
    if (way === 0) return this.refused(content);
    const sealed = this.envelope.seal(Buffer.concat([this.stamp(), content]));
    if (way > 1) return "packet" in this.seal.open(sealed) ? "taken" : "dropped";
    const at = random.integer(0, sealed.length - 1);
    if (random.chance(0.5)) return this.refused(sealed.subarray(0, at));
    sealed[at] = (sealed[at] ?? 0) ^ random.integer(1, 255);
    return this.refused(sealed);
  }

  private refused(bytes: Uint8Array): Verdict {
    return "packet" in this.seal.open(bytes) ? "broken" : "dropped";
  }

  /** Mostly of a new packet; else any number that fits, or too few bytes. */
  private stamp(): Uint8Array {
    const { random } = this;
    this.count += 1;
    const odd = random.chance(0.2);
    const stamp = writeStamp({
      startedAtMs: odd ? random.integer(0, 2 ** 48 - 1) : 1,
      nonce: odd ? random.integer(0, 2 ** 32 - 1) : 1,
      count: odd ? random.integer(0, 2 ** 48 - 1) : this.count,
      sender: { address: "10.0.0.1", port: odd ? random.integer(0, 65_535) : 7442 },
    });
    return random.chance(0.05) ? stamp.subarray(0, random.integer(0, stamp.length - 1)) : stamp;
  }
}
