import type { Clock, Timer } from "../../src/ports/clock";

/** Classes, not closures: a simulation makes millions of timers. */
class Due implements Timer {
  cancelled = false;

  constructor(
    readonly atMs: number,
    readonly order: number,
    readonly run: () => void,
  ) {}

  cancel(): void {
    this.cancelled = true;
  }
}

/**
 * Time that moves only when a test says so. Timers run in the order of their time, and of their making where
 * that is equal, so a run is the same every time.
 */
export class VirtualClock implements Clock {
  private readonly heap: Due[] = [];
  private timeMs = 0;
  private wallOffsetMs = Date.UTC(2026, 0, 1);
  private orders = 0;

  nowMs(): number {
    return this.timeMs;
  }

  wallMs(): number {
    return this.timeMs + this.wallOffsetMs;
  }

  /** Calendar time jumps; `nowMs` and timers do not notice. */
  setWallMs(wallMs: number): void {
    this.wallOffsetMs = wallMs - this.timeMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const atMs = this.timeMs + Math.max(0, delayMs);
    const due = new Due(atMs, this.orders++, run);
    // A timer for never needs no place.
    if (atMs !== Infinity) this.push(due);
    return due;
  }

  /** Runs all that is due within the next `ms`, also what that makes due. For code without promises. */
  advance(ms: number): void {
    const untilMs = this.timeMs + ms;
    while (this.runNext(untilMs));
    this.timeMs = untilMs;
  }

  /** As `advance`, and lets promises settle before the first timer and after each. */
  advanceSettled(ms: number): Promise<void> {
    return inOwnTurn(() => this.runSettled(ms));
  }

  /** `advanceSettled` at once, for whoever is within `inOwnTurn` already: many steps in one turn of the event loop. */
  runSettled(ms: number, afterEach: () => void = () => undefined): void {
    const untilMs = this.timeMs + ms;
    settle();
    while (this.runNext(untilMs)) {
      settle();
      afterEach();
    }
    this.timeMs = untilMs;
  }

  /** A process's view of this clock, that can be paused and stopped apart from the others. */
  view(): ClockView {
    return new ClockView(this);
  }

  private runNext(untilMs: number): boolean {
    const due = this.heap[0];
    if (!due || due.atMs > untilMs) return false;
    this.pop();
    if (due.cancelled) return true;
    this.timeMs = due.atMs;
    due.run();
    return true;
  }

  private push(due: Due): void {
    let at = this.heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfSooner(at, parent)) return;
      at = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let at = 0; ;) {
      const child = this.sooner(2 * at + 1, 2 * at + 2);
      if (!this.swapIfSooner(child, at)) return;
      at = child;
    }
  }

  private sooner(a: number, b: number): number {
    const [one, other] = [this.heap[a], this.heap[b]];
    return one && other && before(other, one) ? b : a;
  }

  private swapIfSooner(lower: number, upper: number): boolean {
    const [one, other] = [this.heap[lower], this.heap[upper]];
    if (!one || !other || !before(one, other)) return false;
    this.heap[upper] = one;
    this.heap[lower] = other;
    return true;
  }
}

interface Waiting {
  readonly run: () => void;
  cancelled: boolean;
}

/**
 * One process's clock. `pause` is a stalled event loop (GC, SIGSTOP, no CPU): time goes on, its timers wait and
 * run all at once on `resume`. `stop` is the end of the process: no timer of it ever runs again.
 */
export class ClockView implements Clock {
  private waiting: Waiting[] | undefined;
  private stopped = false;

  constructor(private readonly clock: VirtualClock) {}

  nowMs(): number {
    return this.clock.nowMs();
  }

  wallMs(): number {
    return this.clock.wallMs();
  }

  after(delayMs: number, run: () => void): Timer {
    const waiting: Waiting = { run, cancelled: false };
    const timer = this.clock.after(delayMs, () => {
      if (this.waiting) this.waiting.push(waiting);
      else this.runNow(waiting);
    });
    return {
      cancel: () => {
        waiting.cancelled = true;
        timer.cancel();
      },
    };
  }

  pause(): void {
    this.waiting ??= [];
  }

  resume(): void {
    const waiting = this.waiting ?? [];
    this.waiting = undefined;
    for (const one of waiting) this.runNow(one);
  }

  stop(): void {
    this.stopped = true;
  }

  private runNow({ run, cancelled }: Waiting): void {
    if (!cancelled && !this.stopped) run();
  }
}

function before(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** Does the work in a turn of the event loop of its own, where promises can be settled at will. */
export function inOwnTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

/** What Node itself does after each callback: a turn of the loop for each timer takes longer than what the timers do. */
const { _tickCallback: runMicrotasks } = process as { readonly _tickCallback?: () => void };

/** All that promises can do by themselves is done afterwards. INVARIANT: within `inOwnTurn`, else nothing is. */
function settle(): void {
  if (!runMicrotasks) throw new Error("this Node cannot be told to run its microtasks");
  runMicrotasks();
}
