// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; `npm run generate` makes it anew.
// generated from terraform resource schema

import type { Construct } from '../../engine';
import * as cdktf from '../../engine';

// Configuration

export interface RoleConfig extends cdktf.TerraformMetaArguments {
  /**
  * The cluster's `access_key`.
  */
  readonly cluster: string;
  /**
  * Set aside for it and the roles below it, whoever else wants it.
  */
  readonly guarantee?: RoleGuarantee;
  /**
  * It is offered no more than this; tasks that run above it go on.
  */
  readonly limit?: RoleLimit;
  /**
  * Its name, a path such as `eng/web`.
  */
  readonly name: string;
  /**
  * How much it may have beside others that want the same, relative to theirs.
  */
  readonly weight?: number;
}
export interface RoleGuarantee {
  /**
  * Processors; parts of one are fine.
  */
  readonly cpus?: number;
  /**
  * Disk, MiB.
  */
  readonly diskMib?: number;
  /**
  * Whole GPUs.
  */
  readonly gpus?: number;
  /**
  * Memory, MiB.
  */
  readonly memoryMib?: number;
}

export function roleGuaranteeToTerraform(struct?: RoleGuarantee | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    cpus: cdktf.numberToTerraform(struct!.cpus),
    disk_mib: cdktf.numberToTerraform(struct!.diskMib),
    gpus: cdktf.numberToTerraform(struct!.gpus),
    memory_mib: cdktf.numberToTerraform(struct!.memoryMib),
  }
}


export function roleGuaranteeToHclTerraform(struct?: RoleGuarantee | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    cpus: {
      value: cdktf.numberToHclTerraform(struct!.cpus),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    disk_mib: {
      value: cdktf.numberToHclTerraform(struct!.diskMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    gpus: {
      value: cdktf.numberToHclTerraform(struct!.gpus),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    memory_mib: {
      value: cdktf.numberToHclTerraform(struct!.memoryMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class RoleGuaranteeOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): RoleGuarantee | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._cpus !== undefined) {
      hasAnyValues = true;
      internalValueResult.cpus = this._cpus;
    }
    if (this._diskMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.diskMib = this._diskMib;
    }
    if (this._gpus !== undefined) {
      hasAnyValues = true;
      internalValueResult.gpus = this._gpus;
    }
    if (this._memoryMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.memoryMib = this._memoryMib;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: RoleGuarantee | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._cpus = undefined;
      this._diskMib = undefined;
      this._gpus = undefined;
      this._memoryMib = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._cpus = value.cpus;
      this._diskMib = value.diskMib;
      this._gpus = value.gpus;
      this._memoryMib = value.memoryMib;
    }
  }

  // cpus - computed: false, optional: true, required: false
  private _cpus?: number;
  public get cpus() {
    return this.getNumberAttribute('cpus');
  }
  public set cpus(value: number) {
    this._cpus = value;
  }
  public resetCpus() {
    this._cpus = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get cpusInput() {
    return this._cpus;
  }

  // disk_mib - computed: false, optional: true, required: false
  private _diskMib?: number;
  public get diskMib() {
    return this.getNumberAttribute('disk_mib');
  }
  public set diskMib(value: number) {
    this._diskMib = value;
  }
  public resetDiskMib() {
    this._diskMib = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get diskMibInput() {
    return this._diskMib;
  }

  // gpus - computed: false, optional: true, required: false
  private _gpus?: number;
  public get gpus() {
    return this.getNumberAttribute('gpus');
  }
  public set gpus(value: number) {
    this._gpus = value;
  }
  public resetGpus() {
    this._gpus = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gpusInput() {
    return this._gpus;
  }

  // memory_mib - computed: false, optional: true, required: false
  private _memoryMib?: number;
  public get memoryMib() {
    return this.getNumberAttribute('memory_mib');
  }
  public set memoryMib(value: number) {
    this._memoryMib = value;
  }
  public resetMemoryMib() {
    this._memoryMib = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get memoryMibInput() {
    return this._memoryMib;
  }
}
export interface RoleLimit {
  /**
  * Processors; parts of one are fine.
  */
  readonly cpus?: number;
  /**
  * Disk, MiB.
  */
  readonly diskMib?: number;
  /**
  * Whole GPUs.
  */
  readonly gpus?: number;
  /**
  * Memory, MiB.
  */
  readonly memoryMib?: number;
}

export function roleLimitToTerraform(struct?: RoleLimit | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    cpus: cdktf.numberToTerraform(struct!.cpus),
    disk_mib: cdktf.numberToTerraform(struct!.diskMib),
    gpus: cdktf.numberToTerraform(struct!.gpus),
    memory_mib: cdktf.numberToTerraform(struct!.memoryMib),
  }
}


export function roleLimitToHclTerraform(struct?: RoleLimit | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    cpus: {
      value: cdktf.numberToHclTerraform(struct!.cpus),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    disk_mib: {
      value: cdktf.numberToHclTerraform(struct!.diskMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    gpus: {
      value: cdktf.numberToHclTerraform(struct!.gpus),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    memory_mib: {
      value: cdktf.numberToHclTerraform(struct!.memoryMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class RoleLimitOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): RoleLimit | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._cpus !== undefined) {
      hasAnyValues = true;
      internalValueResult.cpus = this._cpus;
    }
    if (this._diskMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.diskMib = this._diskMib;
    }
    if (this._gpus !== undefined) {
      hasAnyValues = true;
      internalValueResult.gpus = this._gpus;
    }
    if (this._memoryMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.memoryMib = this._memoryMib;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: RoleLimit | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._cpus = undefined;
      this._diskMib = undefined;
      this._gpus = undefined;
      this._memoryMib = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._cpus = value.cpus;
      this._diskMib = value.diskMib;
      this._gpus = value.gpus;
      this._memoryMib = value.memoryMib;
    }
  }

  // cpus - computed: false, optional: true, required: false
  private _cpus?: number;
  public get cpus() {
    return this.getNumberAttribute('cpus');
  }
  public set cpus(value: number) {
    this._cpus = value;
  }
  public resetCpus() {
    this._cpus = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get cpusInput() {
    return this._cpus;
  }

  // disk_mib - computed: false, optional: true, required: false
  private _diskMib?: number;
  public get diskMib() {
    return this.getNumberAttribute('disk_mib');
  }
  public set diskMib(value: number) {
    this._diskMib = value;
  }
  public resetDiskMib() {
    this._diskMib = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get diskMibInput() {
    return this._diskMib;
  }

  // gpus - computed: false, optional: true, required: false
  private _gpus?: number;
  public get gpus() {
    return this.getNumberAttribute('gpus');
  }
  public set gpus(value: number) {
    this._gpus = value;
  }
  public resetGpus() {
    this._gpus = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gpusInput() {
    return this._gpus;
  }

  // memory_mib - computed: false, optional: true, required: false
  private _memoryMib?: number;
  public get memoryMib() {
    return this.getNumberAttribute('memory_mib');
  }
  public set memoryMib(value: number) {
    this._memoryMib = value;
  }
  public resetMemoryMib() {
    this._memoryMib = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get memoryMibInput() {
    return this._memoryMib;
  }
}

/**
* Represents a covey_role
*/
export class Role extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "covey_role";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Role resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Role to import
  * @param importFromId The id of the existing Role that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Role to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "covey_role", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new covey_role Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options RoleConfig
  */
  public constructor(scope: Construct, id: string, config: RoleConfig) {
    super(scope, id, {
      terraformResourceType: 'covey_role',
      terraformGeneratorMetadata: {
        providerName: 'covey',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._cluster = config.cluster;
    this._guarantee.internalValue = config.guarantee;
    this._limit.internalValue = config.limit;
    this._name = config.name;
    this._weight = config.weight;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // cluster - computed: false, optional: false, required: true
  private _cluster?: string;
  public get cluster() {
    return this.getStringAttribute('cluster');
  }
  public set cluster(value: string) {
    this._cluster = value;
  }
  // Temporarily expose input value. Use with caution.
  public get clusterInput() {
    return this._cluster;
  }

  // guarantee - computed: false, optional: true, required: false
  private _guarantee = new RoleGuaranteeOutputReference(this, "guarantee");
  public get guarantee() {
    return this._guarantee;
  }
  public putGuarantee(value: RoleGuarantee) {
    this._guarantee.internalValue = value;
  }
  public resetGuarantee() {
    this._guarantee.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get guaranteeInput() {
    return this._guarantee.internalValue;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // limit - computed: false, optional: true, required: false
  private _limit = new RoleLimitOutputReference(this, "limit");
  public get limit() {
    return this._limit;
  }
  public putLimit(value: RoleLimit) {
    this._limit.internalValue = value;
  }
  public resetLimit() {
    this._limit.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get limitInput() {
    return this._limit.internalValue;
  }

  // name - computed: false, optional: false, required: true
  private _name?: string;
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // weight - computed: true, optional: true, required: false
  private _weight?: number;
  public get weight() {
    return this.getNumberAttribute('weight');
  }
  public set weight(value: number) {
    this._weight = value;
  }
  public resetWeight() {
    this._weight = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get weightInput() {
    return this._weight;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      cluster: cdktf.stringToTerraform(this._cluster),
      guarantee: roleGuaranteeToTerraform(this._guarantee.internalValue),
      limit: roleLimitToTerraform(this._limit.internalValue),
      name: cdktf.stringToTerraform(this._name),
      weight: cdktf.numberToTerraform(this._weight),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      cluster: {
        value: cdktf.stringToHclTerraform(this._cluster),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      guarantee: {
        value: roleGuaranteeToHclTerraform(this._guarantee.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "RoleGuarantee",
      },
      limit: {
        value: roleLimitToHclTerraform(this._limit.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "RoleLimit",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      weight: {
        value: cdktf.numberToHclTerraform(this._weight),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
