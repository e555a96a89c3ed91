import type { Clock, Timer } from "../../src/ports/clock";
import type { Disk } from "../../src/ports/disk";
import type { Log, LogFields } from "../../src/ports/log";

/**
 * One life of one agent's process. Once it is killed nothing it had asked for is answered, and nothing it still
 * tries to do has an effect: what a promise of it would have gone on to do is never done.
 */
export class Life {
  private alive = true;
  private waiting: (() => void)[] | undefined;

  constructor(private readonly afterEach: () => void = () => undefined) {}

  end(): void {
    this.alive = false;
  }

  get lives(): boolean {
    return this.alive;
  }

  /** A stalled event loop: what arrives waits. */
  pause(): void {
    this.waiting ??= [];
  }

  resume(): void {
    const waiting = this.waiting ?? [];
    this.waiting = undefined;
    for (const work of waiting) this.run(work);
  }

  /** Something arrives at the process. */
  run(work: () => void): void {
    if (!this.alive) return;
    if (this.waiting) this.waiting.push(work);
    else {
      work();
      this.afterEach();
    }
  }

  /** The same port, for as long as this life lasts. */
  guard<T extends object>(port: T): T {
    const guarded = new Map<unknown, (...args: unknown[]) => unknown>();
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        const known = guarded.get(value) ?? ((...args) => this.call(value, target, args));
        guarded.set(value, known);
        return known;
      },
    });
  }

  /** A callback that waits with this life, and falls silent with it. */
  heard<A extends readonly unknown[]>(listener: (...args: A) => void): (...args: A) => void {
    return (...args) => this.run(() => listener(...args));
  }

  /** The port's own signature has checked the arguments already. */
  private call(value: CallableFunction, target: object, args: readonly unknown[]): unknown {
    if (!this.alive) return new Promise(() => undefined);
    const guarded = args.map((one) =>
      typeof one === "function"
        ? this.heard((...heard) => void Reflect.apply(one, undefined, heard))
        : one,
    );
    const result: unknown = Reflect.apply(value, target, guarded);
    if (!(result instanceof Promise)) return result;
    return new Promise((resolve, reject) => {
      result.then(this.heard(resolve), this.heard(reject));
    });
  }
}

/**
 * Time of a process, or of what runs on a machine. `cut` drops all that was to happen, and time goes on; while
 * paused, what is due waits.
 */
export class EpochClock implements Clock {
  private epoch = 0;
  private waiting: (() => void)[] | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly afterEach: () => void = () => undefined,
  ) {}

  nowMs(): number {
    return this.clock.nowMs();
  }

  wallMs(): number {
    return this.clock.wallMs();
  }

  after(delayMs: number, run: () => void): Timer {
    const { epoch } = this;
    const state = { cancelled: false };
    const due = (): void => {
      if (epoch !== this.epoch || state.cancelled) return;
      run();
      this.afterEach();
    };
    const timer = this.clock.after(delayMs, () => {
      if (this.waiting) this.waiting.push(due);
      else due();
    });
    return {
      cancel: () => {
        state.cancelled = true;
        timer.cancel();
      },
    };
  }

  get stalled(): boolean {
    return this.waiting !== undefined;
  }

  pause(): void {
    this.waiting ??= [];
  }

  resume(): void {
    const waiting = this.waiting ?? [];
    this.waiting = undefined;
    for (const run of waiting) run();
  }

  cut(): void {
    this.epoch++;
  }
}

/** What a lying disk has not really written yet: less than a voter's silence at its start, see `node/ballot-file.ts`. */
const liesForMs = 600;

/** Survives its node. `failing`: writes throw. `lies`: what was written just now is lost with the power. */
export class MemoryDisk implements Disk {
  failing = false;
  lies = false;
  private boots = 1;
  private readonly files = new Map<string, string>();
  private unwritten: { atMs: number; name: string; before: string | undefined }[] = [];

  constructor(private readonly clock: Clock) {}

  get boot(): string {
    return `boot-${this.boots}`;
  }

  losePower(): void {
    this.boots++;
    const lost = this.lies ? this.young() : [];
    for (const { name, before } of lost.reverse())
      if (before === undefined) this.files.delete(name);
      else this.files.set(name, before);
    this.unwritten = [];
  }

  read(name: string): unknown {
    const text = this.files.get(name);
    return text === undefined ? undefined : JSON.parse(text);
  }

  write(name: string, value: unknown): void {
    if (this.failing) throw new Error("disk full");
    const atMs = this.clock.nowMs();
    this.unwritten = [...this.young(), { atMs, name, before: this.files.get(name) }];
    this.files.set(name, JSON.stringify(value));
  }

  private young(): typeof this.unwritten {
    return this.unwritten.filter(({ atMs }) => this.clock.nowMs() - atMs < liesForMs);
  }
}

/** A log whose lines go to the world's trace. */
export function traceLog(
  write: (level: string, message: string, fields: LogFields) => void,
  always: LogFields = {},
): Log {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      write(level, message, { ...always, ...fields });
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    with: (fields) => traceLog(write, { ...always, ...fields }),
  };
}
