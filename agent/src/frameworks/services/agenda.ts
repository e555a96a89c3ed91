import { Heap } from "./heap";

interface Due {
  readonly service: string;
  readonly atMs: number;
}

/** Which services are to be looked at: those something has happened to, and those whose time has come. */
export class Agenda {
  private readonly now = new Set<string>();
  /** By service; entries of the heap that are not here are stale. */
  private readonly later = new Map<string, number>();
  private readonly heap = new Heap<Due>((a, b) => a.atMs < b.atMs);

  touch(service: string): void {
    this.now.add(service);
  }

  /** In place of what was said before; Infinity: never, of itself. */
  schedule(service: string, atMs: number): void {
    if ((this.later.get(service) ?? Infinity) === atMs) return;
    if (atMs === Infinity) this.later.delete(service);
    else {
      this.later.set(service, atMs);
      this.heap.push({ service, atMs });
    }
  }

  /** Those to be looked at now, whose time has come among them; they stay until `take`. */
  due(nowMs: number): ReadonlySet<string> {
    for (let next = this.next(); next && next.atMs <= nowMs; next = this.next()) {
      this.later.delete(next.service);
      this.now.add(next.service);
    }
    return this.now;
  }

  take(nowMs: number): string[] {
    const due = [...this.due(nowMs)];
    this.now.clear();
    return due;
  }

  nextMs(): number | undefined {
    return this.next()?.atMs;
  }

  private next(): Due | undefined {
    for (let top = this.heap.top(); top; top = this.heap.top()) {
      if (this.later.get(top.service) === top.atMs) return top;
      this.heap.pop();
    }
    return undefined;
  }
}
