/** An amount of memory or disk, kept in mebibytes (1024 x 1024 bytes), the unit of all of Covey. */
export class Size {
  private constructor(private readonly mebibytes: number) {}

  /** @throws RangeError unless `amount` is a whole number above zero */
  static mebibytes(amount: number): Size {
    if (!Number.isInteger(amount) || amount <= 0)
      throw new RangeError(`Size.mebibytes(${amount}): must be a whole number above zero`);
    return new Size(amount);
  }

  /** Parts of a gibibyte are fine as long as they are whole mebibytes: `Size.gibibytes(0.5)`. @throws RangeError otherwise */
  static gibibytes(amount: number): Size {
    const mebibytes = amount * 1024;
    if (!Number.isInteger(mebibytes) || mebibytes <= 0)
      throw new RangeError(
        `Size.gibibytes(${amount}): must be above zero and a whole number of mebibytes`,
      );
    return new Size(mebibytes);
  }

  toMebibytes(): number {
    return this.mebibytes;
  }

  toString(): string {
    return this.mebibytes % 1024 === 0 ? `${this.mebibytes / 1024} GiB` : `${this.mebibytes} MiB`;
  }
}
