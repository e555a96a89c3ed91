/** Resource identity as it travels, and the calls about it alone. */
import type { ResourceDefinition } from "../../lifecycle/definitions";
import {
  identityIfComplete,
  identityOf,
  identityType,
  upgradeIdentity,
  type Identified,
  type IdentityDefinition,
} from "../../lifecycle/identity";
import type { Scope } from "../../lifecycle/scope";
import { objectTypeOf } from "../../schema/attributes";
import type { Value } from "../../values/value";
import type { Handlers } from "../calls";
import { valueFromWire } from "../from-wire";
import type { IdentityDataMessage } from "../messages";
import { known, type Session } from "../session";
import { valueToWire } from "../to-wire";

type IdentityHandlers = Pick<Handlers, "UpgradeResourceIdentity">;

const NOTHING = new Uint8Array(0);

export function identityHandlers(session: Session): IdentityHandlers {
  return {
    UpgradeResourceIdentity: ({ type_name: type, version, raw_identity }) =>
      session.call(
        { method: "UpgradeResourceIdentity", kind: "resource", type },
        {},
        async (scope) => {
          const { identity } = known(session.registry.resources.get(type), type);
          const definition = known(identity, `${type} with an identity`);
          const json = raw_identity?.json ?? NOTHING;
          const upgraded = await upgradeIdentity(definition, { json, version }, scope);
          if (scope.diagnostics.hasErrors) return {};
          const identity_data =
            upgraded === undefined ? { json } : valueToWire(identityType(definition), upgraded);
          return { upgraded_identity: { identity_data } };
        },
      ),
  };
}

/** The identity of the resource that one call is about. Types without one have no identity on the wire either. */
export class WireIdentity {
  /** Null: Terraform knows none yet. */
  readonly prior: Value;
  private readonly identified: Identified | undefined;

  constructor(
    { identity, schema }: ResourceDefinition,
    private readonly message: IdentityDataMessage | undefined,
  ) {
    const data = message?.identity_data;
    this.prior =
      identity === undefined || data === undefined
        ? null
        : valueFromWire(identityType(identity), data);
    this.identified =
      identity === undefined
        ? undefined
        : {
            definition: identity,
            stateType: objectTypeOf(schema.attributes),
            prior: this.prior,
          };
  }

  /** `changed`: it would differ from the prior one, which is an error and is not taken over. */
  async of(
    state: Value,
    scope: Scope,
  ): Promise<{ readonly message: IdentityDataMessage | undefined; readonly changed: boolean }> {
    if (this.identified === undefined) return { message: undefined, changed: false };
    const hadErrors = scope.diagnostics.hasErrors;
    const found = await identityOf(this.identified, state, scope);
    const changed = !hadErrors && scope.diagnostics.hasErrors;
    return { message: toMessage(this.identified.definition, found), changed };
  }

  /** What the user imported by, else what an incomplete state tells. */
  ifComplete(state: Value): IdentityDataMessage | undefined {
    if (this.identified === undefined) return undefined;
    const complete = identityIfComplete(this.identified, state);
    return complete === null ? this.message : toMessage(this.identified.definition, complete);
  }
}

function toMessage(
  definition: IdentityDefinition,
  identity: Value,
): IdentityDataMessage | undefined {
  if (identity === null) return undefined;
  return { identity_data: valueToWire(identityType(definition), identity) };
}
