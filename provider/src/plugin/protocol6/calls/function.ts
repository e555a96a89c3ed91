/** Calls about functions. */
import {
  diagnostics,
  dynamic,
  DynamicValue,
  FunctionErrorMessage,
  FunctionMessage,
} from "../messages";
import { map, message, nested, repeated, string } from "../protobuf";

export const GetFunctions = {
  request: message({}),
  response: message({ functions: map(1, () => FunctionMessage), diagnostics: diagnostics(2) }),
};

export const CallFunction = {
  request: message({ name: string(1), arguments: repeated(2, () => DynamicValue) }),
  response: message({ result: dynamic(1), error: nested(2, () => FunctionErrorMessage) }),
};
