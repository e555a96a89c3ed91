import { Construct } from "./engine";
import { Role as RoleResource } from "./generated/role";
import type { RoleGuarantee } from "./generated/role";
import type { Node } from "./node";
import { dependOn } from "./depend-on";
import type { Size } from "./size";

/** Of what is left out there is no guarantee, and no limit. */
export interface RoleAmounts {
  readonly cpus?: number;
  readonly memory?: Size;
  readonly disk?: Size;
  readonly gpus?: number;
}

export interface RoleProps {
  /** How much it may have beside others that want the same, relative to theirs. @default 1 */
  readonly weight?: number;
  /** Set aside for it and the roles below it, whoever else wants it. @default nothing */
  readonly guarantee?: RoleAmounts;
  /** It is offered no more than this. @default no limit */
  readonly limit?: RoleAmounts;
}

export interface RoleConfig extends RoleProps {
  readonly name: string;
  /** How the cluster's API is reached. */
  readonly accessKey: string;
}

/** How a role, a path such as `eng/web`, shares the cluster with others. Made by `Cluster.addRole`. */
export class Role extends Construct {
  readonly name: string;
  readonly weight: number;
  readonly guarantee: RoleAmounts;
  readonly limit: RoleAmounts;
  readonly resource: RoleResource;

  /** @throws RangeError when the weight is not above zero, or an amount below it, or a limit below its guarantee */
  constructor(scope: Construct, id: string, config: RoleConfig) {
    super(scope, id);
    this.name = config.name;
    this.weight = config.weight ?? 1;
    this.guarantee = { ...config.guarantee };
    this.limit = { ...config.limit };
    if (!(this.weight > 0))
      throw new RangeError(`role '${this.name}': weight is ${this.weight}, must be above zero`);
    const guarantee = amountsOf(this.name, "guarantee", this.guarantee);
    const limit = amountsOf(this.name, "limit", this.limit);
    checkLimit(this.name, guarantee, limit);
    this.resource = new RoleResource(this, "resource", {
      name: this.name,
      cluster: config.accessKey,
      weight: this.weight,
      ...(Object.keys(guarantee).length > 0 && { guarantee }),
      ...(Object.keys(limit).length > 0 && { limit }),
    });
  }

  /** Deployed after `node`, and gone before it goes. */
  dependOn(node: Node): void {
    dependOn(this.resource, node);
  }
}

type Amounts = Partial<Record<keyof RoleGuarantee, number>>;

function amountsOf(role: string, what: string, amounts: RoleAmounts): Amounts {
  const all = {
    cpus: amounts.cpus,
    memoryMib: amounts.memory?.toMebibytes(),
    diskMib: amounts.disk?.toMebibytes(),
    gpus: amounts.gpus,
  };
  const said = Object.entries(all).filter(([, amount]) => amount !== undefined);
  for (const [kind, amount = 0] of said)
    if (!(amount >= 0))
      throw new RangeError(`role '${role}': ${what}.${kind} is ${amount}, must be 0 or more`);
  return Object.fromEntries(said);
}

function checkLimit(role: string, guarantee: Amounts, limit: Amounts): void {
  for (const [kind, most = 0] of Object.entries(limit)) {
    const least = guarantee[kind as keyof Amounts] ?? 0;
    if (least > most)
      throw new RangeError(
        `role '${role}': limit.${kind} is ${most}, but guarantee.${kind} sets ${least} aside; raise the one or lower the other`,
      );
  }
}
