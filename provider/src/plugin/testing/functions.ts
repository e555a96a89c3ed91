import { isDeepStrictEqual } from "node:util";
import { conform } from "../lifecycle/conform";
import { FunctionError, parametersOf, type FunctionDefinition } from "../lifecycle/function";
import { valueFromWire } from "../protocol6/from-wire";
import { valueToWire } from "../protocol6/to-wire";
import { UNKNOWN } from "../values/unknown";
import { containsUnknown, type Value } from "../values/value";
import type { Client } from "./client";
import type { TestCall } from "./model";

/** Calls functions as core does: it spares the provider what it may not see, and holds results against earlier ones. */
export class Functions {
  private readonly results: { readonly call: unknown; readonly answer: TestCall }[] = [];

  constructor(private readonly client: Client) {}

  /** Throws when the function is not there, or gave another result for the same arguments before. */
  async call(name: string, args: readonly unknown[]): Promise<TestCall> {
    const definition = this.client.registry.functions.get(name);
    if (definition === undefined) throw new Error(`the provider has no function ${name}`);
    let given: readonly Value[];
    try {
      given = parametersOf(definition, args.length).map(({ type }, index) =>
        conform(type.type, args[index]),
      );
    } catch (error) {
      if (error instanceof FunctionError) return { error: error.message };
      throw error;
    }
    const answer = spared(definition, given) ?? (await this.send(definition, given));
    this.remember({ name, args: given }, answer);
    return answer;
  }

  private async send(definition: FunctionDefinition, given: readonly Value[]): Promise<TestCall> {
    const parameters = parametersOf(definition, given.length);
    const response = await this.client.call("CallFunction", {
      name: definition.name,
      arguments: parameters.map(({ type }, index) => valueToWire(type.type, given[index] ?? null)),
    });
    return response.error === undefined
      ? { result: valueFromWire(definition.returns.type, response.result) }
      : { error: response.error.text ?? "", argument: response.error.function_argument };
  }

  private remember(call: unknown, answer: TestCall): void {
    const earlier = this.results.find((result) => isDeepStrictEqual(result.call, call));
    if (earlier === undefined) this.results.push({ call, answer });
    else if (!isDeepStrictEqual(earlier.answer, answer)) {
      throw new Error("the function gave another result for the same arguments before");
    }
  }
}

/** What core answers without asking the provider. */
function spared(definition: FunctionDefinition, given: readonly Value[]): TestCall | undefined {
  const parameters = parametersOf(definition, given.length);
  const refused = parameters.findIndex(
    ({ nullable }, index) => nullable !== true && given[index] === null,
  );
  if (refused >= 0) return { error: "argument must not be null", argument: refused };
  const isOpen = parameters.some(
    ({ allowUnknown }, index) => allowUnknown !== true && containsUnknown(given[index] ?? null),
  );
  return isOpen ? { result: UNKNOWN } : undefined;
}
