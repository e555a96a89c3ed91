import { METHODS, type Handlers, type MethodName } from "./calls";
import type { UnaryMethod } from "./grpc-server";
import type { Message } from "./protobuf";

/** The paths under which Terraform calls the handlers, messages decoded and encoded. */
export function providerMethods(handlers: Handlers): Map<string, UnaryMethod> {
  const names = Object.keys(METHODS) as MethodName[];
  return new Map(
    names.map((name) => [`/tfplugin6.Provider/${name}`, unary(name, handlers)] as const),
  );
}

function unary(name: MethodName, handlers: Handlers): UnaryMethod {
  const request = METHODS[name].request as Message<never>;
  const response = METHODS[name].response as Message<object>;
  const handler = handlers[name] as (request: never) => Promise<object>;
  return async (bytes) => response.encode(await handler(request.decode(bytes)));
}
