/** Calls about data sources. */
import type { DataSourceDefinition } from "../../lifecycle/definitions";
import { readDataSource } from "../../lifecycle/read";
import { validateDefinition } from "../../lifecycle/validate-definition";
import type { Handlers, MethodName } from "../calls";
import { dynamicFromWire } from "../from-wire";
import { known, type Session, type Subject } from "../session";
import { dynamicToWire } from "../to-wire";

type DataSourceHandlers = Pick<Handlers, "ValidateDataResourceConfig" | "ReadDataSource">;

export function dataSourceHandlers(session: Session): DataSourceHandlers {
  const find = (type: string): DataSourceDefinition =>
    known(session.registry.dataSources.get(type), type);
  const about = (method: MethodName, type: string): Subject => {
    const schema = session.registry.dataSources.get(type)?.schema;
    return { method, kind: "data_source", type, schema };
  };
  return {
    ValidateDataResourceConfig: (request) => {
      const subject = about("ValidateDataResourceConfig", request.type_name);
      return session.call(subject, {}, async (scope) => {
        const definition = find(request.type_name);
        const config = dynamicFromWire(definition.schema, request.config);
        await validateDefinition(definition, config, scope);
        return {};
      });
    },

    ReadDataSource: (request) =>
      session.deferrable(about("ReadDataSource", request.type_name), request, async (scope) => {
        const definition = find(request.type_name);
        const config = dynamicFromWire(definition.schema, request.config);
        const state = await readDataSource(definition, config, scope);
        return { state: dynamicToWire(definition.schema, state) };
      }),
  };
}
