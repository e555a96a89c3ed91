/** Calls about managed resources. */
import {
  AttributePath,
  capabilities,
  deferred,
  diagnostics,
  dynamic,
  identity,
  RawState,
} from "../messages";
import { bytes, int, message, nested, repeated, string } from "../protobuf";

export const ValidateResourceConfig = {
  request: message({
    type_name: string(1),
    config: dynamic(2),
    client_capabilities: capabilities(3),
  }),
  response: message({ diagnostics: diagnostics(1) }),
};

export const UpgradeResourceState = {
  request: message({
    type_name: string(1),
    version: int(2),
    raw_state: nested(3, () => RawState),
  }),
  response: message({ upgraded_state: dynamic(1), diagnostics: diagnostics(2) }),
};

export const UpgradeResourceIdentity = {
  request: message({
    type_name: string(1),
    version: int(2),
    raw_identity: nested(3, () => RawState),
  }),
  response: message({ upgraded_identity: identity(1), diagnostics: diagnostics(2) }),
};

export const ReadResource = {
  request: message({
    type_name: string(1),
    current_state: dynamic(2),
    private: bytes(3),
    provider_meta: dynamic(4),
    client_capabilities: capabilities(5),
    current_identity: identity(6),
  }),
  response: message({
    new_state: dynamic(1),
    diagnostics: diagnostics(2),
    private: bytes(3),
    deferred: deferred(4),
    new_identity: identity(5),
  }),
};

export const PlanResourceChange = {
  request: message({
    type_name: string(1),
    prior_state: dynamic(2),
    proposed_new_state: dynamic(3),
    config: dynamic(4),
    prior_private: bytes(5),
    provider_meta: dynamic(6),
    client_capabilities: capabilities(7),
    prior_identity: identity(8),
  }),
  response: message({
    planned_state: dynamic(1),
    requires_replace: repeated(2, () => AttributePath),
    planned_private: bytes(3),
    diagnostics: diagnostics(4),
    deferred: deferred(6),
    planned_identity: identity(7),
  }),
};

export const ApplyResourceChange = {
  request: message({
    type_name: string(1),
    prior_state: dynamic(2),
    planned_state: dynamic(3),
    config: dynamic(4),
    planned_private: bytes(5),
    provider_meta: dynamic(6),
    planned_identity: identity(7),
  }),
  response: message({
    new_state: dynamic(1),
    private: bytes(2),
    diagnostics: diagnostics(3),
    new_identity: identity(5),
  }),
};

const ImportedResource = message({
  type_name: string(1),
  state: dynamic(2),
  private: bytes(3),
  identity: identity(4),
});

export const ImportResourceState = {
  request: message({
    type_name: string(1),
    id: string(2),
    client_capabilities: capabilities(3),
    identity: identity(4),
  }),
  response: message({
    imported_resources: repeated(1, () => ImportedResource),
    diagnostics: diagnostics(2),
    deferred: deferred(3),
  }),
};

export const MoveResourceState = {
  request: message({
    source_provider_address: string(1),
    source_type_name: string(2),
    source_schema_version: int(3),
    source_state: nested(4, () => RawState),
    target_type_name: string(5),
    source_private: bytes(6),
    source_identity: nested(7, () => RawState),
    source_identity_schema_version: int(8),
  }),
  response: message({
    target_state: dynamic(1),
    diagnostics: diagnostics(2),
    target_private: bytes(3),
    target_identity: identity(4),
  }),
};
