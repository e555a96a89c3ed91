/** The wire end of Terraform in this process: every message is encoded and decoded as if it travelled. */
import type { PluginLog } from "../lifecycle/context";
import type { Provider } from "../lifecycle/definitions";
import { Registry } from "../lifecycle/registry";
import {
  METHODS,
  type Handlers,
  type MethodName,
  type RequestOf,
  type ResponseOf,
} from "../protocol6/calls";
import type { ClientCapabilitiesMessage } from "../protocol6/messages";
import type { Message } from "../protocol6/protobuf";
import { createHandlers } from "../protocol6/provider-server";

export interface ClientOptions {
  readonly log?: PluginLog;
  /** What this Terraform lets the provider do. Default: write-only attributes yes (from 1.11 on), deferral no. */
  readonly allow?: { readonly writeOnly?: boolean; readonly deferral?: boolean };
}

export class Client {
  readonly registry: Registry;
  readonly capabilities: ClientCapabilitiesMessage;
  private readonly handlers: Handlers;

  constructor(provider: Provider, options: ClientOptions) {
    const { log = SILENT, allow = {} } = options;
    this.registry = new Registry(provider);
    this.capabilities = {
      write_only_attributes_allowed: allow.writeOnly ?? true,
      deferral_allowed: allow.deferral ?? false,
    };
    let requests = 0;
    this.handlers = createHandlers(provider, {
      checkContract: true,
      showStacks: false,
      logFor: () => log,
      nowMs: () => 0,
      newRequestId: () => `request-${(requests += 1)}`,
    });
  }

  async call<N extends MethodName>(
    name: N,
    request: Partial<RequestOf<N>>,
  ): Promise<ResponseOf<N>> {
    const messages = METHODS[name];
    const requestMessage = messages.request as unknown as Message<RequestOf<N>>;
    const responseMessage = messages.response as unknown as Message<ResponseOf<N>>;
    const handler = this.handlers[name] as (request: RequestOf<N>) => Promise<ResponseOf<N>>;
    const answer = await handler(requestMessage.decode(requestMessage.encode(request)));
    return responseMessage.decode(responseMessage.encode(answer));
  }
}

const SILENT: PluginLog = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
