/** Answers the calls of protocol 6. Thin: decode, hand to the lifecycle, encode. */
import type { Provider } from "../lifecycle/definitions";
import type { Handlers } from "./calls";
import { dataSourceHandlers } from "./handlers/data-source";
import { ephemeralResourceHandlers } from "./handlers/ephemeral-resource";
import { functionHandlers } from "./handlers/function";
import { identityHandlers } from "./handlers/identity";
import { providerHandlers } from "./handlers/provider";
import { resourceHandlers } from "./handlers/resource";
import { Session, type ServerOptions } from "./session";

/** Throws an Error that lists every mistake, when a schema is unsound or a name is taken twice. */
export function createHandlers(provider: Provider, options: ServerOptions): Handlers {
  const session = new Session(provider, options);
  return {
    ...providerHandlers(session),
    ...resourceHandlers(session),
    ...identityHandlers(session),
    ...dataSourceHandlers(session),
    ...functionHandlers(session),
    ...ephemeralResourceHandlers(session),
  };
}
