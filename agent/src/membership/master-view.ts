import type { MasterRecord } from "../model/member";

/** The newest outcome of the election heard of. */
export class MasterView {
  private newest: MasterRecord | undefined;

  get record(): MasterRecord | undefined {
    return this.newest;
  }

  /** True where it is news: a higher term, or the end of the master that this term had. */
  accept(record: MasterRecord): boolean {
    const known = this.newest;
    const news =
      !known ||
      record.term > known.term ||
      (record.term === known.term && record.name === undefined && known.name !== undefined);
    if (news) this.newest = record;
    return news;
  }
}
