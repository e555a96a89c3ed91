/** Calls about ephemeral resources. */
import { capabilities, deferred, diagnostics, dynamic, Timestamp } from "../messages";
import { bytes, message, nested, present, string } from "../protobuf";

export const ValidateEphemeralResourceConfig = {
  request: message({ type_name: string(1), config: dynamic(2) }),
  response: message({ diagnostics: diagnostics(1) }),
};

export const OpenEphemeralResource = {
  request: message({
    type_name: string(1),
    config: dynamic(2),
    client_capabilities: capabilities(3),
  }),
  response: message({
    diagnostics: diagnostics(1),
    renew_at: nested(2, () => Timestamp),
    result: dynamic(3),
    private: present(bytes(4)),
    deferred: deferred(5),
  }),
};

export const RenewEphemeralResource = {
  request: message({ type_name: string(1), private: present(bytes(2)) }),
  response: message({
    diagnostics: diagnostics(1),
    renew_at: nested(2, () => Timestamp),
    private: present(bytes(3)),
  }),
};

export const CloseEphemeralResource = {
  request: message({ type_name: string(1), private: present(bytes(2)) }),
  response: message({ diagnostics: diagnostics(1) }),
};
