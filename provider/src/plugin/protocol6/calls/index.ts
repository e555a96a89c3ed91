/** The calls of service `tfplugin6.Provider` that are answered; any other gets UNIMPLEMENTED. */
import type { MessageOf } from "../protobuf";
import * as dataSource from "./data-source";
import * as ephemeralResource from "./ephemeral-resource";
import * as functions from "./function";
import * as provider from "./provider";
import * as resource from "./resource";

export const METHODS = {
  ...provider,
  ...resource,
  ...dataSource,
  ...functions,
  ...ephemeralResource,
};

export type MethodName = keyof typeof METHODS;
export type RequestOf<N extends MethodName> = MessageOf<(typeof METHODS)[N]["request"]>;
export type ResponseOf<N extends MethodName> = Partial<MessageOf<(typeof METHODS)[N]["response"]>>;

export type Handlers = {
  readonly [N in MethodName]: (request: RequestOf<N>) => Promise<ResponseOf<N>>;
};
