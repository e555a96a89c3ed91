/** The recipe by which every resource is proven through the real terraform. */
import assert from "node:assert/strict";
import type {
  Configuration,
  PlannedAction,
  ResourceInState,
  TerraformWorkspace,
} from "./terraform";

/** What stands in the state, by attribute. */
export type StateValues = ResourceInState["values"];

export interface Lifecycle {
  /** Of the resource under proof: "toy_file.this". */
  readonly address: string;
  /** The whole configuration. */
  readonly config: Configuration;
  /** A whole configuration that changes the resource. Absent: no change is tried. */
  readonly update?: {
    readonly config: Configuration;
    /** Default: in place. */
    readonly actions?: readonly PlannedAction[];
  };
  /** Absent: import is not tried. */
  readonly import?: {
    readonly id: string | ((state: StateValues) => string);
    /** Attributes that an import cannot find out. */
    readonly ignore?: readonly string[];
  };
  /** Looks at the world between the steps; what it throws ends the proof. */
  readonly check?: {
    created?(state: StateValues): Promise<void> | void;
    updated?(state: StateValues): Promise<void> | void;
    destroyed?(): Promise<void> | void;
  };
}

/**
 * Plan, apply, empty plan, refresh, empty plan, import (its state compared), update, destroy, nothing left. Throws an
 * Error that names the step when anything is not as it must be. The workspace must be initialised; what is left after a
 * failure stays in it, for the caller to look at and to destroy.
 */
export async function proveLifecycle(
  terraform: TerraformWorkspace,
  lifecycle: Lifecycle,
): Promise<void> {
  const proof = new Proof(terraform, lifecycle);
  await proof.create();
  await proof.import();
  await proof.update();
  await proof.destroy();
}

class Proof {
  constructor(
    private readonly terraform: TerraformWorkspace,
    private readonly lifecycle: Lifecycle,
  ) {}

  async create(): Promise<void> {
    const { address, config, check } = this.lifecycle;
    this.terraform.configure(config);
    const planned = await this.terraform.plan();
    assert.deepEqual(planned[address], ["create"], `${address} must be planned to be created`);
    await this.terraform.apply();
    await this.settled("after it was created");
    await check?.created?.(await this.state());
  }

  /** The state from before is put back afterwards, because an import may know less. */
  async import(): Promise<void> {
    const { address, import: how } = this.lifecycle;
    if (how === undefined) return;
    const before = await this.state();
    const file = this.terraform.stateFile();
    assert.ok(file !== undefined, "there must be a state file to import beside");
    await this.terraform.forget(address);
    await this.terraform.import(address, typeof how.id === "string" ? how.id : how.id(before));
    const ignored = new Set(how.ignore ?? []);
    const kept = (state: StateValues): StateValues =>
      Object.fromEntries(Object.entries(state).filter(([name]) => !ignored.has(name)));
    assert.deepEqual(
      kept(await this.state()),
      kept(before),
      `${address} must be imported as it was created`,
    );
    if (ignored.size === 0) await this.settled("after it was imported");
    this.terraform.restoreStateFile(file);
  }

  async update(): Promise<void> {
    const { address, update, check } = this.lifecycle;
    if (update === undefined) return;
    this.terraform.configure(update.config);
    const planned = await this.terraform.plan();
    assert.deepEqual(planned[address], update.actions ?? ["update"], `the update of ${address}`);
    await this.terraform.apply();
    await this.settled("after it was updated");
    await check?.updated?.(await this.state());
  }

  async destroy(): Promise<void> {
    await this.terraform.destroy();
    assert.deepEqual(await this.terraform.state(), {}, "nothing must be left in the state");
    await this.lifecycle.check?.destroyed?.();
  }

  /** A second plan has nothing to do, also after a refresh. */
  private async settled(when: string): Promise<void> {
    assert.deepEqual(await this.terraform.plan(), {}, `nothing must be planned ${when}`);
    await this.terraform.refresh();
    assert.deepEqual(
      await this.terraform.plan(),
      {},
      `nothing must be planned ${when} and a refresh`,
    );
  }

  private async state(): Promise<StateValues> {
    const { address } = this.lifecycle;
    const found = (await this.terraform.state())[address];
    assert.ok(found !== undefined, `${address} must be in the state`);
    assert.notEqual(found.tainted, true, `${address} must not be tainted`);
    return found.values;
  }
}
