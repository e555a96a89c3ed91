/** One answer of an agent, as asked from outside: it said whether it is the acting master at some time between. */
export interface Glimpse {
  readonly node: string;
  /** The highest it has heard of; while it acts its own. */
  readonly term: number;
  readonly acting: boolean;
  /** Of the observer's one clock: when the question was sent, when the answer was there. */
  readonly fromMs: number;
  readonly toMs: number;
}

interface Tenure {
  readonly node: string;
  /** When it acted at the latest for the first time. */
  readonly actedByMs: number;
}

/**
 * What can be known from outside about "one acting master". A glimpse is no instant, so two at the same time cannot be seen as such. But a
 * term has one holder, and who acts in a term holds it until it acts no more: whoever acts in a lower term after another has acted in a
 * higher one has been acting beside it.
 */
export class MasterWatch {
  readonly #tenures = new Map<number, Tenure>();

  /** Of those who acted. */
  get terms(): number {
    return this.#tenures.size;
  }

  /** In the order of `toMs`. @returns what is wrong; undefined: nothing */
  saw({ node, term, acting, fromMs, toMs }: Glimpse): string | undefined {
    if (!acting) return undefined;
    const tenure = this.#tenures.get(term);
    if (!tenure) this.#tenures.set(term, { node, actedByMs: toMs });
    else if (tenure.node !== node) return `${tenure.node} and ${node} both acted in term ${term}`;
    const higher = [...this.#tenures].find(
      ([other, { actedByMs }]) => other > term && actedByMs < fromMs,
    );
    if (!higher) return undefined;
    const [other, { node: successor }] = higher;
    return `${node} acted in term ${term} after ${successor} had acted in term ${other}`;
  }
}
