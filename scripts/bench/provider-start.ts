import { createCertificate } from "../../provider/src/plugin/handshake/certificate";
import { providerBundle } from "../paths";
import type { Figure } from "./figure";
import { timeBareNode, timeHandshake } from "./handshake";
import { withScratch } from "./scratch";
import { withToyProvider } from "./toy-bundle";

/** The provider's start, each sample beside one of bare Node and one of the framework alone. */
export function runProviderStartBench(samples: number): Promise<Figure[]> {
  return withScratch((interrupted) => startBench(samples, interrupted));
}

function startBench(samples: number, interrupted: AbortSignal): Promise<Figure[]> {
  return withToyProvider(async (toyBundle) => {
    const { pem } = createCertificate(new Date());
    const bare: number[] = [];
    const toy: number[] = [];
    const ours: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      interrupted.throwIfAborted();
      bare.push(await timeBareNode());
      ours.push(await timeHandshake(providerBundle, pem));
      toy.push(await timeHandshake(toyBundle, pem));
    }
    const peer = { name: "node -e 0", samples: bare };
    return [
      { name: "start to handshake", unit: "ms", samples: ours, goal: 150, peer },
      { name: "times bare node", unit: "x", samples: ratios(ours, bare), goal: 2.2 },
      { name: "framework alone, to handshake", unit: "ms", samples: toy, peer },
    ];
  });
}

/** Sample by sample: what was measured one after the other was under the same load. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
}
