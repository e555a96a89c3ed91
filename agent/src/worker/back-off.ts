export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Doubles from `firstMs` to `maxMs`; `attempt` counts from 0. */
export function backOffMs(backOff: BackOff, attempt: number): number {
  return Math.min(backOff.maxMs, backOff.firstMs * 2 ** Math.min(attempt, 30));
}
