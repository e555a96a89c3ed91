/** Provider functions: pure, called on a provider that may not be configured. */
import type { ElementType, KnownOf, PlannedOf } from "../schema/attribute";
import type { Value } from "../values/value";
import { conform } from "./conform";
import type { OperationContext } from "./context";
import { toModel } from "./model";
import { operationContext, type Scope } from "./scope";

export interface Parameter<K = unknown, P = unknown> {
  readonly type: ElementType<K, P>;
  /** Null may be given; otherwise Terraform refuses it. */
  readonly nullable?: true;
  /** Called also while the value is unknown or partly so; otherwise Terraform answers unknown by itself. */
  readonly allowUnknown?: true;
  /** Markdown. */
  readonly description?: string;
}

/** By name, in the order in which they are given. */
export type Parameters = Readonly<Record<string, Parameter>>;

type ArgumentOf<P extends Parameter> =
  | (P["allowUnknown"] extends true ? PlannedOf<P["type"]> : KnownOf<P["type"]>)
  | (P["nullable"] extends true ? null : never);

type ArgumentsOf<P extends Parameters> = { readonly [N in keyof P]: ArgumentOf<P[N]> };

export type FunctionContext = Pick<OperationContext, "signal" | "log">;

export interface FunctionDefinition<
  P extends Parameters = Parameters,
  V extends Parameter = Parameter,
  R extends ElementType = ElementType,
> {
  /** As called: `provider::acme::NAME(...)`. */
  readonly name: string;
  /** One sentence. */
  readonly summary?: string;
  /** Markdown. */
  readonly description?: string;
  readonly deprecation?: string;
  readonly parameters: P;
  /** Takes what is given beyond `parameters`, as many as there are. */
  readonly variadic?: V & { readonly name: string };
  readonly returns: R;
  /**
   * Must give the same result for the same arguments: Terraform calls it in plan and apply and compares. A mistake in an
   * argument is a `FunctionError` that names it.
   */
  call(
    context: FunctionContext,
    args: ArgumentsOf<P>,
    rest: readonly ArgumentOf<V>[],
  ): Promise<PlannedOf<R> | null> | PlannedOf<R> | null;
}

/** A function ready to be served, its types forgotten. */
export interface ProviderFunction {
  readonly definition: FunctionDefinition;
}

/** What is wrong with the call of a function, and with which argument: its parameter's name, or its position from 0. */
export class FunctionError extends Error {
  constructor(
    message: string,
    readonly argument?: string | number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "FunctionError";
  }
}

/** The parameter at each of `count` positions; throws `FunctionError` when so many cannot be given. */
export function parametersOf(definition: FunctionDefinition, count: number): readonly Parameter[] {
  const fixed = Object.values(definition.parameters);
  if (count < fixed.length || (count > fixed.length && definition.variadic === undefined)) {
    throw new FunctionError(
      `${definition.name} takes ${fixed.length}${definition.variadic === undefined ? "" : " or more"} arguments, ${count} were given.`,
    );
  }
  const { variadic } = definition;
  const more = variadic === undefined ? [] : Array<Parameter>(count - fixed.length).fill(variadic);
  return [...fixed, ...more];
}

/** Throws whatever the function throws. */
export async function callFunction(
  definition: FunctionDefinition,
  given: readonly Value[],
  scope: Scope,
): Promise<Value> {
  const parameters = Object.values(definition.parameters);
  const models = given.map((value, index) => {
    const parameter = parameters[index] ?? definition.variadic;
    return parameter === undefined ? value : toModel(parameter.type.type, value);
  });
  const names = Object.keys(definition.parameters);
  const args = Object.fromEntries(names.map((name, index) => [name, models[index]]));
  const { signal, log } = operationContext(scope);
  const result = await definition.call({ signal, log }, args, models.slice(names.length));
  return conform(definition.returns.type, result);
}

/** The position of the argument that an error names, or undefined. */
export function argumentPosition(
  definition: FunctionDefinition,
  { argument }: FunctionError,
): number | undefined {
  if (argument === undefined || typeof argument === "number") return argument;
  const names = Object.keys(definition.parameters);
  const index = names.indexOf(argument);
  if (index >= 0) return index;
  return argument === definition.variadic?.name ? names.length : undefined;
}
