import type { Offer } from "../../model/offer";

interface Place {
  readonly node: string | undefined;
  readonly role: string | undefined;
}

/** Offers that one scheduler holds: of which node and role each is. As many as the kernel has made it. */
export class OfferBook {
  private readonly held = new Map<string, Place>();

  add(offers: readonly Offer[]): void {
    for (const { id, node, role } of offers) this.held.set(id, { node, role });
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.held.delete(id);
  }

  /** Of the first that is held: whether all are of one place, the kernel judges. */
  place(ids: readonly string[]): Place {
    const found = ids.find((id) => this.held.has(id));
    return (found === undefined ? undefined : this.held.get(found)) ?? nowhere;
  }
}

const nowhere: Place = { node: undefined, role: undefined };
