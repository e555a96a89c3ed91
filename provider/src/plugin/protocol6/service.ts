import { METHODS, type Handlers, type MethodName } from "./calls";
import type { DataSink } from "./data-files";
import type { UnaryMethod } from "./grpc-server";
import type { Message } from "./protobuf";

/** The paths under which Terraform calls the handlers, messages decoded and encoded. `sink` sees each of them. */
export function providerMethods(handlers: Handlers, sink?: DataSink): Map<string, UnaryMethod> {
  const names = Object.keys(METHODS) as MethodName[];
  return new Map(
    names.map((name) => [`/tfplugin6.Provider/${name}`, unary(name, handlers, sink)] as const),
  );
}

function unary(name: MethodName, handlers: Handlers, sink: DataSink | undefined): UnaryMethod {
  const requests = METHODS[name].request as Message<never>;
  const responses = METHODS[name].response as Message<object>;
  const handler = handlers[name] as (request: never) => Promise<object>;
  return async (bytes) => {
    const request = requests.decode(bytes);
    sink?.(name, "Request", request);
    const response = await handler(request);
    sink?.(name, "Response", response);
    return responses.encode(response);
  };
}
