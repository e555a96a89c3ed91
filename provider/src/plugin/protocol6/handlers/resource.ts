/** Calls about managed resources. */
import { applyResource } from "../../lifecycle/apply";
import type { ResourceDefinition } from "../../lifecycle/definitions";
import { moveResource } from "../../lifecycle/move";
import { planResource } from "../../lifecycle/plan";
import { importResource, readResource, upgradeResource } from "../../lifecycle/read";
import { validateDefinition } from "../../lifecycle/validate-definition";
import { refuseWriteOnly } from "../../lifecycle/write-only";
import type { Schema } from "../../schema/schema";
import type { Value } from "../../values/value";
import { UNKNOWN } from "../../values/unknown";
import type { Handlers, MethodName, RequestOf } from "../calls";
import { dynamicFromWire } from "../from-wire";
import type { DynamicValueMessage } from "../messages";
import { known, type Session, type Subject } from "../session";
import { dynamicToWire, pathToWire } from "../to-wire";
import { WireIdentity } from "./identity";

type ResourceHandlers = Pick<
  Handlers,
  | "ValidateResourceConfig"
  | "UpgradeResourceState"
  | "ReadResource"
  | "PlanResourceChange"
  | "ApplyResourceChange"
  | "ImportResourceState"
  | "MoveResourceState"
>;

const NOTHING = new Uint8Array(0);

export function resourceHandlers(session: Session): ResourceHandlers {
  return new Resources(session);
}

class Resources implements ResourceHandlers {
  constructor(private readonly session: Session) {}

  readonly ValidateResourceConfig = (request: RequestOf<"ValidateResourceConfig">) =>
    this.session.call(
      this.about("ValidateResourceConfig", request.type_name),
      request,
      async (scope) => {
        const definition = this.find(request.type_name);
        const config = dynamicFromWire(definition.schema, request.config);
        const writeOnlyAllowed =
          request.client_capabilities?.write_only_attributes_allowed === true;
        if (!writeOnlyAllowed) {
          refuseWriteOnly(definition.schema.attributes, config, scope.diagnostics);
        }
        await validateDefinition(definition, config, scope, writeOnlyAllowed);
        return {};
      },
    );

  readonly UpgradeResourceState = (request: RequestOf<"UpgradeResourceState">) =>
    this.session.call(this.about("UpgradeResourceState", request.type_name), {}, async (scope) => {
      const definition = this.find(request.type_name);
      const json = request.raw_state?.json ?? NOTHING;
      const upgraded = await upgradeResource(definition, { json, version: request.version }, scope);
      return {
        upgraded_state:
          upgraded === undefined ? { json } : dynamicToWire(definition.schema, upgraded),
      };
    });

  readonly ReadResource = (request: RequestOf<"ReadResource">) =>
    this.session.deferrable(
      this.about("ReadResource", request.type_name),
      request,
      async (scope) => {
        const definition = this.find(request.type_name);
        const identity = new WireIdentity(definition, request.current_identity);
        const state = dynamicFromWire(definition.schema, request.current_state);
        const current = { state, private: request.private };
        const output = await readResource(definition, current, scope);
        const told = await identity.of(output.state, scope);
        return {
          new_state: dynamicToWire(definition.schema, told.changed ? state : output.state),
          private: output.private,
          new_identity: told.message,
        };
      },
    );

  readonly PlanResourceChange = (request: RequestOf<"PlanResourceChange">) =>
    this.session.deferrable(
      this.about("PlanResourceChange", request.type_name),
      request,
      async (scope) => {
        const definition = this.find(request.type_name);
        const value = reader(definition.schema);
        const input = {
          prior: value(request.prior_state),
          proposed: value(request.proposed_new_state),
          config: value(request.config),
          private: request.prior_private,
        };
        const output = await planResource(definition, input, scope);
        return {
          planned_state: dynamicToWire(definition.schema, output.planned),
          requires_replace: output.requiresReplace.map((path) =>
            pathToWire(definition.schema, path),
          ),
          planned_private: output.private,
          planned_identity: request.prior_identity,
        };
      },
    );

  readonly ApplyResourceChange = (request: RequestOf<"ApplyResourceChange">) =>
    this.session.call(
      this.about("ApplyResourceChange", request.type_name),
      request,
      async (scope) => {
        const definition = this.find(request.type_name);
        const identity = new WireIdentity(definition, request.planned_identity);
        const value = reader(definition.schema);
        const input = {
          prior: value(request.prior_state),
          planned: value(request.planned_state),
          config: value(request.config),
          private: request.planned_private,
        };
        const output = await applyResource(definition, input, scope);
        const told = await identity.of(output.state, scope);
        return {
          new_state: dynamicToWire(definition.schema, output.state),
          private: output.private,
          new_identity: told.message,
        };
      },
    );

  readonly ImportResourceState = (request: RequestOf<"ImportResourceState">) =>
    this.session.deferrable(
      this.about("ImportResourceState", request.type_name),
      request,
      async (scope) => {
        const definition = this.find(request.type_name);
        const identity = new WireIdentity(definition, request.identity);
        const key = identity.prior === null ? { id: request.id } : { identity: identity.prior };
        const output = await importResource(definition, key, scope);
        if (output === undefined && scope.deferral.reason === undefined) return {};
        const state: Value = output?.state ?? UNKNOWN;
        const imported = {
          type_name: definition.type,
          state: dynamicToWire(definition.schema, state),
          private: output?.private ?? NOTHING,
          identity: identity.ifComplete(state),
        };
        return { imported_resources: [imported] };
      },
    );

  readonly MoveResourceState = (request: RequestOf<"MoveResourceState">) =>
    this.session.call(
      this.about("MoveResourceState", request.target_type_name),
      {},
      async (scope) => {
        const definition = this.find(request.target_type_name);
        const source = {
          providerAddress: request.source_provider_address,
          type: request.source_type_name,
          schemaVersion: request.source_schema_version,
          state: request.source_state?.json ?? NOTHING,
          private: request.source_private,
          identity: request.source_identity?.json ?? NOTHING,
          identityVersion: request.source_identity_schema_version,
        };
        const output = await moveResource(definition, source, scope);
        if (output === undefined) return {};
        return {
          target_state: dynamicToWire(definition.schema, output.state),
          target_private: output.private,
          target_identity: new WireIdentity(definition, undefined).ifComplete(output.state),
        };
      },
    );

  private about(method: MethodName, type: string): Subject {
    const schema = this.session.registry.resources.get(type)?.schema;
    return { method, kind: "resource", type, schema };
  }

  private find(type: string): ResourceDefinition {
    return known(this.session.registry.resources.get(type), type);
  }
}

function reader(schema: Schema): (message: DynamicValueMessage | undefined) => Value {
  return (message) => dynamicFromWire(schema, message);
}
