import { formatPath } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { nullWriteOnly } from "../schema/walk";
import type { Value } from "../values/value";
import { conform, unknownPaths } from "./conform";

/** What a provider returned, as a value that can be stored. Throws a `PluginError` when something in it is unknown. */
export function settled(schema: Schema, returned: unknown): Value {
  const value = conform(objectTypeOf(schema.attributes), returned);
  const unknown = unknownPaths(value);
  if (unknown.length > 0) {
    throw new PluginError(
      "Provider bug: unknown value",
      `The provider left ${unknown.map(formatPath).join(", ")} unknown. Please report this.`,
      unknown[0],
    );
  }
  return nullWriteOnly(schema.attributes, value);
}
