/** Calls about data sources. */
import { capabilities, deferred, diagnostics, dynamic } from "../messages";
import { message, string } from "../protobuf";

export const ValidateDataResourceConfig = {
  request: message({ type_name: string(1), config: dynamic(2) }),
  response: message({ diagnostics: diagnostics(1) }),
};

export const ReadDataSource = {
  request: message({
    type_name: string(1),
    config: dynamic(2),
    provider_meta: dynamic(3),
    client_capabilities: capabilities(4),
  }),
  response: message({ state: dynamic(1), diagnostics: diagnostics(2), deferred: deferred(3) }),
};
