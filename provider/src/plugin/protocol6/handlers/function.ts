/** Calls about functions. */
import {
  argumentPosition,
  callFunction,
  FunctionError,
  parametersOf,
  type FunctionDefinition,
} from "../../lifecycle/function";
import type { Scope } from "../../lifecycle/scope";
import type { Handlers, RequestOf, ResponseOf } from "../calls";
import { functionToWire } from "../declarations";
import { valueFromWire } from "../from-wire";
import type { Session } from "../session";
import { valueToWire } from "../to-wire";

type FunctionHandlers = Pick<Handlers, "GetFunctions" | "CallFunction">;

export function functionHandlers(session: Session): FunctionHandlers {
  const { functions } = session.registry;
  return {
    GetFunctions: () => {
      const all = [...functions].map(
        ([name, definition]) => [name, functionToWire(definition)] as const,
      );
      return Promise.resolve({ functions: new Map(all) });
    },

    CallFunction: (request) =>
      session.run({ method: "CallFunction" }, {}, (scope) =>
        answer(functions.get(request.name), request, scope),
      ),
  };
}

/** A function has no diagnostics: what it throws becomes its one error. */
async function answer(
  definition: FunctionDefinition | undefined,
  request: RequestOf<"CallFunction">,
  scope: Scope,
): Promise<ResponseOf<"CallFunction">> {
  if (definition === undefined) return failure(`This provider has no function ${request.name}.`);
  try {
    const parameters = parametersOf(definition, request.arguments.length);
    const given = parameters.map(({ type }, index) =>
      valueFromWire(type.type, request.arguments[index]),
    );
    const result = await callFunction(definition, given, scope);
    return { result: valueToWire(definition.returns.type, result) };
  } catch (error) {
    if (error instanceof FunctionError) {
      return failure(error.message, argumentPosition(definition, error));
    }
    scope.diagnostics.thrown(error, `Function ${definition.name}`, scope.showStacks);
    const [{ summary, detail } = { summary: "", detail: "" }] = scope.diagnostics.all;
    return failure(`${summary}: ${detail}`);
  }
}

/** `position`: of the argument that is wrong, from 0. */
function failure(text: string, position?: number): ResponseOf<"CallFunction"> {
  return { error: { text, function_argument: position } };
}
