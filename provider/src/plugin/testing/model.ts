/** What tests hand to the provider in this process, and what they get back. */
import { conform } from "../lifecycle/conform";
import type { DeferralReason } from "../lifecycle/deferral";
import { DEFERRED, type DeferredMessage } from "../protocol6/messages";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";
import type { Reported } from "./report";

/** A configuration or state as plain data; attributes left out are null, `UNKNOWN` is possible. */
export type TestModel = Readonly<Record<string, unknown>>;

interface Answered {
  readonly diagnostics: readonly Reported[];
  /** Set when the provider put the operation off. */
  readonly deferred?: DeferralReason | undefined;
}

export interface TestState extends Answered {
  /** Null: there is none. */
  readonly state: Value;
  readonly private: Uint8Array;
  /** Null: the type has none, or it is not known yet. */
  readonly identity: Value;
}

export interface TestPlan extends Answered {
  readonly planned: Value;
  readonly requiresReplace: readonly string[];
  readonly private: Uint8Array;
}

export interface TestPrior {
  readonly state: Value;
  readonly private?: Uint8Array;
  readonly identity?: Value;
}

export interface TestOpened extends Answered {
  readonly result: Value;
  readonly renewAt: Date | undefined;
  readonly private: Uint8Array;
}

/** Either `result` or `error` is set; `argument` is the position, from 0, of the one that is wrong. */
export interface TestCall {
  readonly result?: Value;
  readonly error?: string;
  readonly argument?: number | undefined;
}

export const NOTHING = new Uint8Array(0);

export const NONE: TestState = { state: null, private: NOTHING, identity: null, diagnostics: [] };

export function configuredValue(schema: Schema, model: TestModel | null): Value {
  return conform(objectTypeOf(schema.attributes), model);
}

export function deferralFrom(message: DeferredMessage | undefined): DeferralReason | undefined {
  if (message === undefined) return undefined;
  const reasons = Object.keys(DEFERRED) as DeferralReason[];
  return reasons.find((reason) => DEFERRED[reason] === message.reason);
}
