export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Monotonic; only differences mean anything. */
  nowMs(): number;
  /** Calendar time, for people and logs; may jump. */
  wallMs(): number;
  /** Runs once; a timer does not keep the process alive on its own. */
  after(delayMs: number, run: () => void): Timer;
}
