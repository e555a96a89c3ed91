import fc from "fast-check";
import { Allocator } from "./allocator";
import { portion } from "../model/portion";
import { reservedRole, stackKey } from "./quantity/portion";
import type { Portion } from "../model/portion";
import type { NaiveHolding } from "./testing/naive";
import { isAtOrBelow, NaiveAllocator, summed } from "./testing/naive";
import { frameworkTerms, nodeTerms } from "./testing/terms";

const roles = ["a", "a/x", "a/y", "b", "c"];
const small = fc.nat(3);
const amount = fc.record({ cpus: fc.nat(8), memMiB: fc.nat(8) }).map(({ cpus, memMiB }) => ({
  cpus,
  memMiB: memMiB * 100,
}));
const role = fc.constantFrom(...roles);
const parts = fc.tuple(amount, fc.option(fc.tuple(amount, role)));
const partial = fc.record(
  { cpus: fc.nat(12), memMiB: fc.nat(12).map((m) => m * 100) },
  { requiredKeys: [] },
);
const is = <K extends string>(kind: K) => fc.constant(kind);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: is("node"), n: small, parts, far: fc.boolean() }) },
  fc.record({ kind: is("remove-node"), n: small }),
  fc.record({ kind: is("flip-node"), n: small }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: is("framework"),
      f: small,
      regionAware: fc.boolean(),
      roles: fc.uniqueArray(role, { minLength: 1, maxLength: 2 }),
    }),
  },
  fc.record({ kind: is("remove-framework"), f: small }),
  fc.record({ kind: is("flip-framework"), f: small }),
  fc.record({ kind: is("suppress"), pick: fc.nat() }),
  fc.record({ kind: is("revive"), pick: fc.nat() }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: is("give-back"),
      pick: fc.nat(),
      keep: fc.boolean(),
      refuseMs: fc.option(fc.nat(40)),
    }),
  },
  fc.record({ kind: is("reserve"), n: small, role, amount }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: is("quota"),
      role,
      guarantee: partial,
      limit: partial,
      gone: fc.boolean(),
    }),
  },
  fc.record({ kind: is("weight"), role, weight: fc.integer({ min: 1, max: 3 }) }),
  { weight: 6, arbitrary: fc.record({ kind: is("allocate"), passMs: fc.nat(20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Both machines, told the same. */
class Pair {
  readonly fast = new Allocator({ region: "here" });
  readonly naive = new NaiveAllocator();
  private serial = 0;
  private nowMs = 0;

  take(one: Step): void {
    switch (one.kind) {
      case "node":
      case "remove-node":
      case "flip-node":
      case "reserve":
        this.takeNode(`n${one.n}`, one);
        break;
      case "framework":
      case "remove-framework":
      case "flip-framework":
        this.takeFramework(`f${one.f}`, one);
        break;
      case "suppress":
      case "revive":
        this.takeWish(one);
        break;
      case "give-back":
        this.giveBack(one);
        break;
      default:
        this.takeOrder(one);
    }
    this.naive.forget();
  }

  private takeOrder(one: Extract<Step, { kind: "quota" | "weight" | "allocate" }>): void {
    switch (one.kind) {
      case "quota":
        this.fast.setQuota(one.role, one.gone ? undefined : one);
        if (one.gone) this.naive.quotas.delete(one.role);
        else this.naive.quotas.set(one.role, one);
        break;
      case "weight":
        this.fast.setWeight(one.role, one.weight);
        if (one.weight === 1) this.naive.weights.delete(one.role);
        else this.naive.weights.set(one.role, one.weight);
        break;
      case "allocate":
        this.nowMs += one.passMs;
        this.allocate();
    }
  }

  private allocate(): void {
    const { naive, fast } = this;
    const grants = fast
      .allocate(this.nowMs)
      .grants.flatMap((grant) => grant.portions.map((part) => ({ ...grant, part })));
    expect(summed(grants)).toEqual(summed(naive.allocate(this.nowMs)));
    expect(fast.allocate(this.nowMs).grants).toEqual([]);
    for (const name of roles)
      for (const kind of ["cpus", "memMiB"] as const)
        expect(fast.consumed(name)?.[kind] ?? 0).toBe(naive.consumed(name, kind));
    this.assertNobodyRobbed(grants);
  }

  /** What the rules promise, whatever order they are applied in. */
  private assertNobodyRobbed(grants: readonly NaiveHolding[]): void {
    for (const { role: taker, part } of grants)
      expect(isAtOrBelow(taker, reservedRole(part) ?? taker)).toBe(true);
    for (const [name, { limit }] of this.naive.quotas)
      for (const kind of ["cpus", "memMiB"] as const)
        if (
          grants.some(
            (one) => isAtOrBelow(one.role, name) && !reservedRole(one.part) && one.part[kind] > 0,
          )
        )
          expect(this.naive.consumed(name, kind)).toBeLessThanOrEqual(limit[kind] ?? Infinity);
  }

  private takeNode(name: string, one: Extract<Step, { n: number }>): void {
    const { naive, fast } = this;
    const known = naive.nodes.find((node) => node.name === name);
    if (one.kind === "node") {
      const [open, reserved] = one.parts;
      const all = [portion(open), ...(reserved ? [reservedFor(reserved[1], reserved[0])] : [])];
      const { far } = one;
      const domain = { region: far ? "far" : "here", zone: "z" };
      if (!known) {
        fast.addNode(name, nodeTerms(all, { domain }));
        naive.nodes.push({ name, serial: ++this.serial, parts: all, active: true, far });
        return;
      }
      fast.updateNode(name, nodeTerms(all, { domain }));
      Object.assign(known, { parts: all, far });
      this.clearFilters((filter) => filter.endsWith(` ${name}`));
    } else if (!known) return;
    else if (one.kind === "remove-node") {
      fast.removeNode(name);
      naive.nodes = naive.nodes.filter((node) => node !== known);
      naive.holdings = naive.holdings.filter((held) => held.node !== name);
      this.clearFilters((filter) => filter.endsWith(` ${name}`));
    } else if (one.kind === "flip-node") {
      if (known.active) fast.deactivateNode(name, { rule: "draining", message: "m" });
      else fast.reactivateNode(name);
      known.active = !known.active;
    } else this.reserve(known, one);
  }

  private reserve(
    node: NaiveAllocator["nodes"][number],
    one: Extract<Step, { kind: "reserve" }>,
  ): void {
    const open = this.naive.free(node).find((part) => !reservedRole(part));
    if (!open || open.cpus < one.amount.cpus || open.memMiB < one.amount.memMiB) return;
    const from = portion(one.amount);
    const to = reservedFor(one.role, one.amount);
    this.fast.convert({ node: node.name, by: undefined }, { from: [from], to: [to] });
    const parts = node.parts.map((part) =>
      reservedRole(part)
        ? part
        : { ...part, cpus: part.cpus - from.cpus, memMiB: part.memMiB - from.memMiB },
    );
    const same = parts.findIndex((part) => stackKey(part) === stackKey(to));
    const before = parts[same];
    if (before)
      parts[same] = { ...to, cpus: before.cpus + to.cpus, memMiB: before.memMiB + to.memMiB };
    else parts.push(to);
    node.parts = parts.filter((part) => !reservedRole(part) || part.cpus > 0 || part.memMiB > 0);
  }

  private takeFramework(name: string, one: Extract<Step, { f: number }>): void {
    const { naive, fast } = this;
    const known = naive.frameworks.get(name);
    if (one.kind === "framework") {
      if (known) fast.updateFramework(name, frameworkTerms(one));
      else fast.addFramework(name, frameworkTerms(one));
      const { regionAware } = one;
      naive.frameworks.set(name, { active: known?.active ?? true, regionAware });
      const own = naive.claimants.filter(({ framework }) => framework === name);
      const lasting = own.filter((claimant) => one.roles.includes(claimant.role));
      for (const gone of own.filter((claimant) => !lasting.includes(claimant))) {
        this.clearFilters((filter) => filter.startsWith(`${gone.role} ${name} `));
        if (naive.holdings.some((held) => held.framework === name && held.role === gone.role))
          this.suppressedByLeaving.set(`${gone.role} ${name}`, gone.suppressed);
      }
      const joined = one.roles
        .filter((path) => !own.some((claimant) => claimant.role === path))
        .map((path) => ({
          framework: name,
          role: path,
          suppressed: this.wasSuppressed(name, path),
        }));
      naive.claimants = [
        ...naive.claimants.filter(({ framework }) => framework !== name),
        ...lasting,
        ...joined,
      ];
    } else if (!known) return;
    else if (one.kind === "remove-framework") {
      fast.removeFramework(name);
      naive.frameworks.delete(name);
      naive.claimants = naive.claimants.filter(({ framework }) => framework !== name);
      naive.holdings = naive.holdings.filter(({ framework }) => framework !== name);
      this.clearFilters((filter) => filter.split(" ")[1] === name);
    } else {
      if (known.active) fast.deactivateFramework(name);
      else fast.activateFramework(name);
      known.active = !known.active;
    }
  }

  private readonly suppressedByLeaving = new Map<string, boolean>();

  /** Who comes back to a role in which he still holds something is as he was. */
  private wasSuppressed(framework: string, path: string): boolean {
    const holds = this.naive.holdings.some(
      (one) => one.framework === framework && one.role === path,
    );
    return holds && (this.suppressedByLeaving.get(`${path} ${framework}`) ?? false);
  }

  private takeWish(one: Extract<Step, { kind: "suppress" | "revive" }>): void {
    const { claimants } = this.naive;
    const claimant = claimants[one.pick % Math.max(1, claimants.length)];
    if (!claimant) return;
    claimant.suppressed = one.kind === "suppress";
    this.fast[one.kind](claimant.framework, claimant.role);
    if (one.kind === "revive")
      this.clearFilters((filter) => filter.startsWith(`${claimant.role} ${claimant.framework} `));
  }

  private giveBack(one: Extract<Step, { kind: "give-back" }>): void {
    const { naive } = this;
    const picked = naive.holdings[one.pick % Math.max(1, naive.holdings.length)];
    if (!picked) return;
    const { part } = picked;
    const back = one.keep
      ? { ...part, cpus: part.cpus >> 1, memMiB: part.memMiB - (part.memMiB >> 1) }
      : part;
    const rest = { ...part, cpus: part.cpus - back.cpus, memMiB: part.memMiB - back.memMiB };
    const untilMs = this.nowMs + (one.refuseMs ?? 0);
    this.fast.giveBack(picked, [back], one.refuseMs === null ? undefined : { untilMs });
    naive.holdings = naive.holdings
      .map((held) => (held === picked ? { ...held, part: rest } : held))
      .filter((held) => held.part.cpus > 0 || held.part.memMiB > 0);
    const { framework, role: path, node } = picked;
    const member = naive.claimants.some((c) => c.framework === framework && c.role === path);
    if (one.refuseMs !== null && member)
      naive.filters.set(`${path} ${framework} ${node}`, { untilMs, refused: [back] });
  }

  private clearFilters(goes: (key: string) => boolean): void {
    for (const key of this.naive.filters.keys()) if (goes(key)) this.naive.filters.delete(key);
  }
}

function reservedFor(path: string, of: { cpus: number; memMiB: number }): Portion {
  return portion({ ...of, reservations: [{ kind: "dynamic", role: path }] });
}

describe("the allocator, for any course of events", () => {
  it("offers what the naive version offers, and nothing more when asked again", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) pair.take(one);
        pair.take({ kind: "allocate", passMs: 0 });
      }),
      { numRuns: 400 },
    );
  });
});
