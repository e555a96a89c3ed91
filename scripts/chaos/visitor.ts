import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { instancesInDns } from "./observer";

export interface Visit {
  /** When it was begun and ended, by the observer's clock. */
  readonly fromMs: number;
  readonly toMs: number;
  /** undefined: it was answered 200. */
  readonly failure: string | undefined;
}

const answersWithinMs = 1000;
const pauseMs = 40;

/**
 * A client of a service, as simple as they are: it asks a Consul for the instances, the next one where that does not answer, takes any of
 * them, and does not try again.
 */
export class Visitor {
  readonly visits: Visit[] = [];
  #going = true;
  #server = 0;
  readonly #done: Promise<void>;

  constructor(
    readonly service: string,
    readonly servers: readonly string[],
  ) {
    this.#done = this.#goOn();
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#done;
  }

  async #goOn(): Promise<void> {
    while (this.#going) {
      const fromMs = performance.now();
      const failure = await this.#visit().then(
        () => undefined,
        (error: unknown) => String(error),
      );
      this.visits.push({ fromMs, toMs: performance.now(), failure });
      await sleep(pauseMs);
    }
  }

  async #visit(): Promise<void> {
    const places = await this.#places();
    const place = places[Math.floor(Math.random() * places.length)];
    if (place === undefined) throw new Error("DNS names no instance");
    await visit(place);
  }

  async #places(): Promise<readonly string[]> {
    let last: unknown;
    for (let tries = 0; tries < this.servers.length; tries++)
      try {
        return await instancesInDns(this.servers[this.#server] ?? "", this.service);
      } catch (error) {
        last = error;
        this.#server = (this.#server + 1) % this.servers.length;
      }
    throw last;
  }
}

function visit(place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(answersWithinMs);
    const sent = get(`http://${place}/`, { agent: false, signal }, (answer) => {
      answer.on("error", reject).resume();
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${place} answers ${answer.statusCode ?? 0}`));
      });
    });
    sent.on("error", (error) => reject(new Error(`${place}: ${error.message}`)));
  });
}
