/** Ephemeral resources: values that are made for one run and never stored, such as tokens. */
import type { Model, PlanModel, Schema } from "../schema/schema";
import type { Deferrable, OperationContext, PrivateState } from "./context";

/** `private` goes from open to renew and close, held by Terraform in memory only: it may hold secrets. */
export interface EphemeralContext<D = unknown> extends OperationContext {
  readonly providerData: D;
  readonly private: PrivateState;
}

export interface Opened<S extends Schema> {
  readonly result: Model<S>;
  /** When `renew` must have been called; absent: never. */
  readonly renewAt?: Date;
}

/** One ephemeral resource type. */
export interface EphemeralResourceDefinition<S extends Schema = Schema, D = unknown> {
  readonly type: string;
  readonly schema: S;
  open(context: EphemeralContext<D> & Deferrable, config: Model<S>): Promise<Opened<S>>;
  /** Prolongs what `open` made and gives the next time; undefined: it lasts. */
  renew?(context: EphemeralContext<D>): Promise<Date | undefined>;
  /** Ends what `open` made. Called also after errors elsewhere; already gone is success. */
  close?(context: EphemeralContext<D>): Promise<void>;
  validate?(context: OperationContext, config: PlanModel<S>): Promise<void> | void;
}

declare const providerData: unique symbol;

/** An ephemeral resource type ready to be served. */
export interface EphemeralResource<D = unknown> {
  readonly definition: EphemeralResourceDefinition;
  readonly [providerData]?: (data: D) => void;
}
