/** Calls about ephemeral resources. */
import { closeEphemeral, openEphemeral, renewEphemeral } from "../../lifecycle/ephemeral";
import type { EphemeralResourceDefinition } from "../../lifecycle/ephemeral-resource";
import { validateDefinition } from "../../lifecycle/validate-definition";
import type { Handlers, MethodName } from "../calls";
import { timeToWire } from "../declarations";
import { dynamicFromWire } from "../from-wire";
import type { TimestampMessage } from "../messages";
import { known, type Session, type Subject } from "../session";
import { dynamicToWire } from "../to-wire";

type EphemeralHandlers = Pick<
  Handlers,
  | "ValidateEphemeralResourceConfig"
  | "OpenEphemeralResource"
  | "RenewEphemeralResource"
  | "CloseEphemeralResource"
>;

const NOTHING = new Uint8Array(0);

export function ephemeralResourceHandlers(session: Session): EphemeralHandlers {
  const find = (type: string): EphemeralResourceDefinition =>
    known(session.registry.ephemeralResources.get(type), type);
  const about = (method: MethodName, type: string): Subject => {
    const schema = session.registry.ephemeralResources.get(type)?.schema;
    return { method, kind: "ephemeral_resource", type, schema };
  };
  return {
    ValidateEphemeralResourceConfig: ({ type_name, config }) =>
      session.call(about("ValidateEphemeralResourceConfig", type_name), {}, async (scope) => {
        const definition = find(type_name);
        await validateDefinition(definition, dynamicFromWire(definition.schema, config), scope);
        return {};
      }),

    OpenEphemeralResource: (request) => {
      const subject = about("OpenEphemeralResource", request.type_name);
      return session.deferrable(subject, request, async (scope) => {
        const definition = find(request.type_name);
        const config = dynamicFromWire(definition.schema, request.config);
        const output = await openEphemeral(definition, config, scope);
        if (output === undefined) return {};
        return {
          ...renewal(output.renewAt),
          result: dynamicToWire(definition.schema, output.result),
          private: output.private,
        };
      });
    },

    RenewEphemeralResource: ({ type_name, private: stored = NOTHING }) =>
      session.call(about("RenewEphemeralResource", type_name), {}, async (scope) => {
        const output = await renewEphemeral(find(type_name), stored, scope);
        return { ...renewal(output.renewAt), private: output.private };
      }),

    CloseEphemeralResource: ({ type_name, private: stored = NOTHING }) =>
      session.call(about("CloseEphemeralResource", type_name), {}, async (scope) => {
        await closeEphemeral(find(type_name), stored, scope);
        return {};
      }),
  };
}

function renewal(time: Date | undefined): { readonly renew_at?: TimestampMessage } {
  return time === undefined ? {} : { renew_at: timeToWire(time) };
}
