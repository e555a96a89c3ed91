import type { OperationContext } from "./context";
import { toModel } from "./model";
import { guarded, operationContext, type Scope } from "./scope";
import { validateConfig } from "./validate";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";

interface Validated {
  readonly schema: Schema;
  /** Absent: the provider itself. */
  readonly type?: string;
  validate?(
    context: OperationContext,
    config: Readonly<Record<string, never>>,
  ): Promise<void> | void;
}

/**
 * The schema's rules, then, when they hold, the definition's own. `writeOnlyAllowed`: whether Terraform said that it
 * takes write-only attributes.
 */
export async function validateDefinition(
  definition: Validated,
  config: Value,
  scope: Scope,
  writeOnlyAllowed = false,
): Promise<void> {
  const doing = `Validating ${definition.type ?? "the provider's configuration"}`;
  await guarded(scope, doing, async () => {
    validateConfig(definition.schema, config, scope.diagnostics, writeOnlyAllowed);
    if (scope.diagnostics.hasErrors || definition.validate === undefined) return;
    const model = toModel(objectTypeOf(definition.schema.attributes), config) as Readonly<
      Record<string, never>
    >;
    await definition.validate(operationContext(scope), model);
  });
}
