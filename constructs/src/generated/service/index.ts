// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; `npm run generate` makes it anew.
// generated from terraform resource schema

import type { Construct } from '../../engine';
import * as cdktf from '../../engine';

// Configuration

export interface ServiceConfig extends cdktf.TerraformMetaArguments {
  /**
  * The cluster's `access_key`.
  */
  readonly cluster: string;
  /**
  * Instead of the image's own, as words.
  */
  readonly command?: string[];
  /**
  * Where instances may run.
  */
  readonly constraints?: ServiceConstraints[] | cdktf.IResolvable;
  /**
  * What is asked of Docker alone; all of it has defaults.
  */
  readonly container?: ServiceContainer;
  /**
  * Processors of one instance; parts of one are fine.
  */
  readonly cpus?: number;
  /**
  * Environment of the process.
  */
  readonly env?: { [key: string]: string };
  /**
  * Without it an instance is healthy as soon as it runs.
  */
  readonly health?: ServiceHealth;
  /**
  * As Docker names it. Each node pulls it as `pull` says.
  */
  readonly image: string;
  /**
  * How many are kept running. With 0 the service stays, but nothing runs.
  */
  readonly instances?: number;
  /**
  * From TERM to KILL.
  */
  readonly killGraceMs?: number;
  /**
  * Limit of one instance.
  */
  readonly memoryMib?: number;
  /**
  * Its name on the cluster and, with `.service.consul`, in DNS.
  */
  readonly name: string;
  /**
  * `"bridge"`: ports are published on the node. `"host"`: the node's own network.
  */
  readonly network?: string;
  /**
  * The first is the service's port in DNS.
  */
  readonly ports?: ServicePorts[] | cdktf.IResolvable;
  /**
  * `"missing"`: a node pulls the image where it lacks it. `"always"`: the registry is asked at each start of an instance, which fails where it does not answer.
  */
  readonly pull?: string;
  /**
  * While it fails the instance is not in DNS and an update waits, but it is not replaced.
  */
  readonly readiness?: ServiceReadiness;
  /**
  * What the image's registry is told by a node that pulls.
  */
  readonly registryAuth?: ServiceRegistryAuth;
  /**
  * Name to value: an instance finds each as the file `/run/secrets/NAME`, which its user alone may read, and which is in no environment, label or disk of the node. A changed one is a new version.
  */
  readonly secrets?: { [key: string]: string };
  /**
  * With `network = "host"`: ports of the node that an instance hands over to its successor, which is started beside it; both hold them for a while (SO_REUSEPORT, or sockets passed on). Outside the node's range. The first is the service's port in DNS.
  */
  readonly sharedPorts?: number[];
  /**
  * How long the operations wait before they fail.
  */
  readonly timeouts?: ServiceTimeouts;
}
export interface ServiceConstraints {
  /**
  * A node's attribute, or `node` for the node itself.
  */
  readonly attribute: string;
  /**
  * As Marathon has them.
  */
  readonly operator: string;
  /**
  * What the operator needs: a number, a value or a regular expression.
  */
  readonly value?: string;
}

export function serviceConstraintsToTerraform(struct?: ServiceConstraints | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    attribute: cdktf.stringToTerraform(struct!.attribute),
    operator: cdktf.stringToTerraform(struct!.operator),
    value: cdktf.stringToTerraform(struct!.value),
  }
}


export function serviceConstraintsToHclTerraform(struct?: ServiceConstraints | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    attribute: {
      value: cdktf.stringToHclTerraform(struct!.attribute),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    operator: {
      value: cdktf.stringToHclTerraform(struct!.operator),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    value: {
      value: cdktf.stringToHclTerraform(struct!.value),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceConstraintsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): ServiceConstraints | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._attribute !== undefined) {
      hasAnyValues = true;
      internalValueResult.attribute = this._attribute;
    }
    if (this._operator !== undefined) {
      hasAnyValues = true;
      internalValueResult.operator = this._operator;
    }
    if (this._value !== undefined) {
      hasAnyValues = true;
      internalValueResult.value = this._value;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceConstraints | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._attribute = undefined;
      this._operator = undefined;
      this._value = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._attribute = value.attribute;
      this._operator = value.operator;
      this._value = value.value;
    }
  }

  // attribute - computed: false, optional: false, required: true
  private _attribute?: string;
  public get attribute() {
    return this.getStringAttribute('attribute');
  }
  public set attribute(value: string) {
    this._attribute = value;
  }
  // Temporarily expose input value. Use with caution.
  public get attributeInput() {
    return this._attribute;
  }

  // operator - computed: false, optional: false, required: true
  private _operator?: string;
  public get operator() {
    return this.getStringAttribute('operator');
  }
  public set operator(value: string) {
    this._operator = value;
  }
  // Temporarily expose input value. Use with caution.
  public get operatorInput() {
    return this._operator;
  }

  // value - computed: false, optional: true, required: false
  private _value?: string;
  public get value() {
    return this.getStringAttribute('value');
  }
  public set value(value: string) {
    this._value = value;
  }
  public resetValue() {
    this._value = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueInput() {
    return this._value;
  }
}

export class ServiceConstraintsList extends cdktf.ComplexList {
  public internalValue? : ServiceConstraints[] | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): ServiceConstraintsOutputReference {
    return new ServiceConstraintsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface ServiceContainerLogs {
  /**
  * Then the oldest goes.
  */
  readonly maxFiles: number;
  /**
  * Size of one file.
  */
  readonly maxSizeMib: number;
}

export function serviceContainerLogsToTerraform(struct?: ServiceContainerLogs | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    max_files: cdktf.numberToTerraform(struct!.maxFiles),
    max_size_mib: cdktf.numberToTerraform(struct!.maxSizeMib),
  }
}


export function serviceContainerLogsToHclTerraform(struct?: ServiceContainerLogs | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    max_files: {
      value: cdktf.numberToHclTerraform(struct!.maxFiles),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    max_size_mib: {
      value: cdktf.numberToHclTerraform(struct!.maxSizeMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceContainerLogsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceContainerLogs | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._maxFiles !== undefined) {
      hasAnyValues = true;
      internalValueResult.maxFiles = this._maxFiles;
    }
    if (this._maxSizeMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.maxSizeMib = this._maxSizeMib;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceContainerLogs | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._maxFiles = undefined;
      this._maxSizeMib = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._maxFiles = value.maxFiles;
      this._maxSizeMib = value.maxSizeMib;
    }
  }

  // max_files - computed: false, optional: false, required: true
  private _maxFiles?: number;
  public get maxFiles() {
    return this.getNumberAttribute('max_files');
  }
  public set maxFiles(value: number) {
    this._maxFiles = value;
  }
  // Temporarily expose input value. Use with caution.
  public get maxFilesInput() {
    return this._maxFiles;
  }

  // max_size_mib - computed: false, optional: false, required: true
  private _maxSizeMib?: number;
  public get maxSizeMib() {
    return this.getNumberAttribute('max_size_mib');
  }
  public set maxSizeMib(value: number) {
    this._maxSizeMib = value;
  }
  // Temporarily expose input value. Use with caution.
  public get maxSizeMibInput() {
    return this._maxSizeMib;
  }
}
export interface ServiceContainerTmpfs {
  /**
  * Where it is mounted.
  */
  readonly path: string;
  /**
  * How much fits; what is in it counts as the instance's memory.
  */
  readonly sizeMib: number;
}

export function serviceContainerTmpfsToTerraform(struct?: ServiceContainerTmpfs | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    path: cdktf.stringToTerraform(struct!.path),
    size_mib: cdktf.numberToTerraform(struct!.sizeMib),
  }
}


export function serviceContainerTmpfsToHclTerraform(struct?: ServiceContainerTmpfs | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    path: {
      value: cdktf.stringToHclTerraform(struct!.path),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    size_mib: {
      value: cdktf.numberToHclTerraform(struct!.sizeMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceContainerTmpfsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): ServiceContainerTmpfs | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._path !== undefined) {
      hasAnyValues = true;
      internalValueResult.path = this._path;
    }
    if (this._sizeMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.sizeMib = this._sizeMib;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceContainerTmpfs | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._path = undefined;
      this._sizeMib = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._path = value.path;
      this._sizeMib = value.sizeMib;
    }
  }

  // path - computed: false, optional: false, required: true
  private _path?: string;
  public get path() {
    return this.getStringAttribute('path');
  }
  public set path(value: string) {
    this._path = value;
  }
  // Temporarily expose input value. Use with caution.
  public get pathInput() {
    return this._path;
  }

  // size_mib - computed: false, optional: false, required: true
  private _sizeMib?: number;
  public get sizeMib() {
    return this.getNumberAttribute('size_mib');
  }
  public set sizeMib(value: number) {
    this._sizeMib = value;
  }
  // Temporarily expose input value. Use with caution.
  public get sizeMibInput() {
    return this._sizeMib;
  }
}

export class ServiceContainerTmpfsList extends cdktf.ComplexList {
  public internalValue? : ServiceContainerTmpfs[] | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): ServiceContainerTmpfsOutputReference {
    return new ServiceContainerTmpfsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface ServiceContainerUlimits {
  /**
  * How far it may raise it; -1 is without limit.
  */
  readonly hard: number;
  /**
  * What is limited.
  */
  readonly name: string;
  /**
  * Where the process begins; -1 is without limit.
  */
  readonly soft: number;
}

export function serviceContainerUlimitsToTerraform(struct?: ServiceContainerUlimits | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    hard: cdktf.numberToTerraform(struct!.hard),
    name: cdktf.stringToTerraform(struct!.name),
    soft: cdktf.numberToTerraform(struct!.soft),
  }
}


export function serviceContainerUlimitsToHclTerraform(struct?: ServiceContainerUlimits | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    hard: {
      value: cdktf.numberToHclTerraform(struct!.hard),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    name: {
      value: cdktf.stringToHclTerraform(struct!.name),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    soft: {
      value: cdktf.numberToHclTerraform(struct!.soft),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceContainerUlimitsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): ServiceContainerUlimits | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._hard !== undefined) {
      hasAnyValues = true;
      internalValueResult.hard = this._hard;
    }
    if (this._name !== undefined) {
      hasAnyValues = true;
      internalValueResult.name = this._name;
    }
    if (this._soft !== undefined) {
      hasAnyValues = true;
      internalValueResult.soft = this._soft;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceContainerUlimits | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._hard = undefined;
      this._name = undefined;
      this._soft = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._hard = value.hard;
      this._name = value.name;
      this._soft = value.soft;
    }
  }

  // hard - computed: false, optional: false, required: true
  private _hard?: number;
  public get hard() {
    return this.getNumberAttribute('hard');
  }
  public set hard(value: number) {
    this._hard = value;
  }
  // Temporarily expose input value. Use with caution.
  public get hardInput() {
    return this._hard;
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

  // soft - computed: false, optional: false, required: true
  private _soft?: number;
  public get soft() {
    return this.getNumberAttribute('soft');
  }
  public set soft(value: number) {
    this._soft = value;
  }
  // Temporarily expose input value. Use with caution.
  public get softInput() {
    return this._soft;
  }
}

export class ServiceContainerUlimitsList extends cdktf.ComplexList {
  public internalValue? : ServiceContainerUlimits[] | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): ServiceContainerUlimitsOutputReference {
    return new ServiceContainerUlimitsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface ServiceContainerVolumes {
  /**
  * It can be read, not written.
  */
  readonly readOnly?: boolean | cdktf.IResolvable;
  /**
  * A path of the node. It must be there.
  */
  readonly source: string;
  /**
  * The path in the container.
  */
  readonly target: string;
}

export function serviceContainerVolumesToTerraform(struct?: ServiceContainerVolumes | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    read_only: cdktf.booleanToTerraform(struct!.readOnly),
    source: cdktf.stringToTerraform(struct!.source),
    target: cdktf.stringToTerraform(struct!.target),
  }
}


export function serviceContainerVolumesToHclTerraform(struct?: ServiceContainerVolumes | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    read_only: {
      value: cdktf.booleanToHclTerraform(struct!.readOnly),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    source: {
      value: cdktf.stringToHclTerraform(struct!.source),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    target: {
      value: cdktf.stringToHclTerraform(struct!.target),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceContainerVolumesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): ServiceContainerVolumes | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._readOnly !== undefined) {
      hasAnyValues = true;
      internalValueResult.readOnly = this._readOnly;
    }
    if (this._source !== undefined) {
      hasAnyValues = true;
      internalValueResult.source = this._source;
    }
    if (this._target !== undefined) {
      hasAnyValues = true;
      internalValueResult.target = this._target;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceContainerVolumes | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._readOnly = undefined;
      this._source = undefined;
      this._target = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._readOnly = value.readOnly;
      this._source = value.source;
      this._target = value.target;
    }
  }

  // read_only - computed: true, optional: true, required: false
  private _readOnly?: boolean | cdktf.IResolvable;
  public get readOnly() {
    return this.getBooleanAttribute('read_only');
  }
  public set readOnly(value: boolean | cdktf.IResolvable) {
    this._readOnly = value;
  }
  public resetReadOnly() {
    this._readOnly = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readOnlyInput() {
    return this._readOnly;
  }

  // source - computed: false, optional: false, required: true
  private _source?: string;
  public get source() {
    return this.getStringAttribute('source');
  }
  public set source(value: string) {
    this._source = value;
  }
  // Temporarily expose input value. Use with caution.
  public get sourceInput() {
    return this._source;
  }

  // target - computed: false, optional: false, required: true
  private _target?: string;
  public get target() {
    return this.getStringAttribute('target');
  }
  public set target(value: string) {
    this._target = value;
  }
  // Temporarily expose input value. Use with caution.
  public get targetInput() {
    return this._target;
  }
}

export class ServiceContainerVolumesList extends cdktf.ComplexList {
  public internalValue? : ServiceContainerVolumes[] | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): ServiceContainerVolumesOutputReference {
    return new ServiceContainerVolumesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface ServiceContainer {
  /**
  * Capabilities beside Docker's own, such as `NET_ADMIN`, or `ALL`.
  */
  readonly capAdd?: string[];
  /**
  * Capabilities it does without, or `ALL`.
  */
  readonly capDrop?: string[];
  /**
  * Devices of the node, under the same path.
  */
  readonly devices?: string[];
  /**
  * Domains in which names are looked for before `service.consul`.
  */
  readonly dnsSearch?: string[];
  /**
  * Instead of the image's own, as words; `command` follows it.
  */
  readonly entrypoint?: string[];
  /**
  * Names and their IP addresses, for `/etc/hosts`; `host-gateway` is the node.
  */
  readonly extraHosts?: { [key: string]: string };
  /**
  * Default: drawn by Docker, a different one for each instance.
  */
  readonly hostname?: string;
  /**
  * Docker's own init as process 1, which reaps and heeds signals. Default: true.
  */
  readonly init?: boolean | cdktf.IResolvable;
  /**
  * How much of its output is kept. Default: 3 files of 10 MiB.
  */
  readonly logs?: ServiceContainerLogs;
  /**
  * A Docker network made on every node, instead of the usual one.
  */
  readonly network?: string;
  /**
  * Processes and threads at most. Default: 4096.
  */
  readonly pidsLimit?: number;
  /**
  * The image's files cannot be written; `tmpfs` and `volumes` can.
  */
  readonly readOnlyRoot?: boolean | cdktf.IResolvable;
  /**
  * Size of `/dev/shm`. Default: 64.
  */
  readonly shmMib?: number;
  /**
  * What asks it to end, such as `INT`. Default: the image's, or `TERM`.
  */
  readonly stopSignal?: string;
  /**
  * Directories in memory.
  */
  readonly tmpfs?: ServiceContainerTmpfs[] | cdktf.IResolvable;
  /**
  * Limits of the kernel for one process.
  */
  readonly ulimits?: ServiceContainerUlimits[] | cdktf.IResolvable;
  /**
  * Whose process it is, `USER` or `USER:GROUP`, by name or number.
  */
  readonly user?: string;
  /**
  * Paths of the node, seen in the container.
  */
  readonly volumes?: ServiceContainerVolumes[] | cdktf.IResolvable;
  /**
  * Where the process starts. Default: the image's.
  */
  readonly workdir?: string;
}

export function serviceContainerToTerraform(struct?: ServiceContainer | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    cap_add: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.capAdd),
    cap_drop: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.capDrop),
    devices: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.devices),
    dns_search: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.dnsSearch),
    entrypoint: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.entrypoint),
    extra_hosts: cdktf.hashMapper(cdktf.stringToTerraform)(struct!.extraHosts),
    hostname: cdktf.stringToTerraform(struct!.hostname),
    init: cdktf.booleanToTerraform(struct!.init),
    logs: serviceContainerLogsToTerraform(struct!.logs),
    network: cdktf.stringToTerraform(struct!.network),
    pids_limit: cdktf.numberToTerraform(struct!.pidsLimit),
    read_only_root: cdktf.booleanToTerraform(struct!.readOnlyRoot),
    shm_mib: cdktf.numberToTerraform(struct!.shmMib),
    stop_signal: cdktf.stringToTerraform(struct!.stopSignal),
    tmpfs: cdktf.listMapper(serviceContainerTmpfsToTerraform, false)(struct!.tmpfs),
    ulimits: cdktf.listMapper(serviceContainerUlimitsToTerraform, false)(struct!.ulimits),
    user: cdktf.stringToTerraform(struct!.user),
    volumes: cdktf.listMapper(serviceContainerVolumesToTerraform, false)(struct!.volumes),
    workdir: cdktf.stringToTerraform(struct!.workdir),
  }
}


export function serviceContainerToHclTerraform(struct?: ServiceContainer | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    cap_add: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.capAdd),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    cap_drop: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.capDrop),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    devices: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.devices),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    dns_search: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.dnsSearch),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    entrypoint: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.entrypoint),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    extra_hosts: {
      value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(struct!.extraHosts),
      isBlock: false,
      type: "map",
      storageClassType: "stringMap",
    },
    hostname: {
      value: cdktf.stringToHclTerraform(struct!.hostname),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    init: {
      value: cdktf.booleanToHclTerraform(struct!.init),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    logs: {
      value: serviceContainerLogsToHclTerraform(struct!.logs),
      isBlock: true,
      type: "struct",
      storageClassType: "ServiceContainerLogs",
    },
    network: {
      value: cdktf.stringToHclTerraform(struct!.network),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    pids_limit: {
      value: cdktf.numberToHclTerraform(struct!.pidsLimit),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    read_only_root: {
      value: cdktf.booleanToHclTerraform(struct!.readOnlyRoot),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    shm_mib: {
      value: cdktf.numberToHclTerraform(struct!.shmMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    stop_signal: {
      value: cdktf.stringToHclTerraform(struct!.stopSignal),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tmpfs: {
      value: cdktf.listMapperHcl(serviceContainerTmpfsToHclTerraform, false)(struct!.tmpfs),
      isBlock: true,
      type: "list",
      storageClassType: "ServiceContainerTmpfsList",
    },
    ulimits: {
      value: cdktf.listMapperHcl(serviceContainerUlimitsToHclTerraform, false)(struct!.ulimits),
      isBlock: true,
      type: "list",
      storageClassType: "ServiceContainerUlimitsList",
    },
    user: {
      value: cdktf.stringToHclTerraform(struct!.user),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    volumes: {
      value: cdktf.listMapperHcl(serviceContainerVolumesToHclTerraform, false)(struct!.volumes),
      isBlock: true,
      type: "list",
      storageClassType: "ServiceContainerVolumesList",
    },
    workdir: {
      value: cdktf.stringToHclTerraform(struct!.workdir),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceContainerOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceContainer | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._capAdd !== undefined) {
      hasAnyValues = true;
      internalValueResult.capAdd = this._capAdd;
    }
    if (this._capDrop !== undefined) {
      hasAnyValues = true;
      internalValueResult.capDrop = this._capDrop;
    }
    if (this._devices !== undefined) {
      hasAnyValues = true;
      internalValueResult.devices = this._devices;
    }
    if (this._dnsSearch !== undefined) {
      hasAnyValues = true;
      internalValueResult.dnsSearch = this._dnsSearch;
    }
    if (this._entrypoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.entrypoint = this._entrypoint;
    }
    if (this._extraHosts !== undefined) {
      hasAnyValues = true;
      internalValueResult.extraHosts = this._extraHosts;
    }
    if (this._hostname !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostname = this._hostname;
    }
    if (this._init !== undefined) {
      hasAnyValues = true;
      internalValueResult.init = this._init;
    }
    if (this._logs?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.logs = this._logs?.internalValue;
    }
    if (this._network !== undefined) {
      hasAnyValues = true;
      internalValueResult.network = this._network;
    }
    if (this._pidsLimit !== undefined) {
      hasAnyValues = true;
      internalValueResult.pidsLimit = this._pidsLimit;
    }
    if (this._readOnlyRoot !== undefined) {
      hasAnyValues = true;
      internalValueResult.readOnlyRoot = this._readOnlyRoot;
    }
    if (this._shmMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.shmMib = this._shmMib;
    }
    if (this._stopSignal !== undefined) {
      hasAnyValues = true;
      internalValueResult.stopSignal = this._stopSignal;
    }
    if (this._tmpfs?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.tmpfs = this._tmpfs?.internalValue;
    }
    if (this._ulimits?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.ulimits = this._ulimits?.internalValue;
    }
    if (this._user !== undefined) {
      hasAnyValues = true;
      internalValueResult.user = this._user;
    }
    if (this._volumes?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.volumes = this._volumes?.internalValue;
    }
    if (this._workdir !== undefined) {
      hasAnyValues = true;
      internalValueResult.workdir = this._workdir;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceContainer | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._capAdd = undefined;
      this._capDrop = undefined;
      this._devices = undefined;
      this._dnsSearch = undefined;
      this._entrypoint = undefined;
      this._extraHosts = undefined;
      this._hostname = undefined;
      this._init = undefined;
      this._logs.internalValue = undefined;
      this._network = undefined;
      this._pidsLimit = undefined;
      this._readOnlyRoot = undefined;
      this._shmMib = undefined;
      this._stopSignal = undefined;
      this._tmpfs.internalValue = undefined;
      this._ulimits.internalValue = undefined;
      this._user = undefined;
      this._volumes.internalValue = undefined;
      this._workdir = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._capAdd = value.capAdd;
      this._capDrop = value.capDrop;
      this._devices = value.devices;
      this._dnsSearch = value.dnsSearch;
      this._entrypoint = value.entrypoint;
      this._extraHosts = value.extraHosts;
      this._hostname = value.hostname;
      this._init = value.init;
      this._logs.internalValue = value.logs;
      this._network = value.network;
      this._pidsLimit = value.pidsLimit;
      this._readOnlyRoot = value.readOnlyRoot;
      this._shmMib = value.shmMib;
      this._stopSignal = value.stopSignal;
      this._tmpfs.internalValue = value.tmpfs;
      this._ulimits.internalValue = value.ulimits;
      this._user = value.user;
      this._volumes.internalValue = value.volumes;
      this._workdir = value.workdir;
    }
  }

  // cap_add - computed: false, optional: true, required: false
  private _capAdd?: string[];
  public get capAdd() {
    return this.getListAttribute('cap_add');
  }
  public set capAdd(value: string[]) {
    this._capAdd = value;
  }
  public resetCapAdd() {
    this._capAdd = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get capAddInput() {
    return this._capAdd;
  }

  // cap_drop - computed: false, optional: true, required: false
  private _capDrop?: string[];
  public get capDrop() {
    return this.getListAttribute('cap_drop');
  }
  public set capDrop(value: string[]) {
    this._capDrop = value;
  }
  public resetCapDrop() {
    this._capDrop = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get capDropInput() {
    return this._capDrop;
  }

  // devices - computed: false, optional: true, required: false
  private _devices?: string[];
  public get devices() {
    return this.getListAttribute('devices');
  }
  public set devices(value: string[]) {
    this._devices = value;
  }
  public resetDevices() {
    this._devices = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get devicesInput() {
    return this._devices;
  }

  // dns_search - computed: false, optional: true, required: false
  private _dnsSearch?: string[];
  public get dnsSearch() {
    return this.getListAttribute('dns_search');
  }
  public set dnsSearch(value: string[]) {
    this._dnsSearch = value;
  }
  public resetDnsSearch() {
    this._dnsSearch = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dnsSearchInput() {
    return this._dnsSearch;
  }

  // entrypoint - computed: false, optional: true, required: false
  private _entrypoint?: string[];
  public get entrypoint() {
    return this.getListAttribute('entrypoint');
  }
  public set entrypoint(value: string[]) {
    this._entrypoint = value;
  }
  public resetEntrypoint() {
    this._entrypoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get entrypointInput() {
    return this._entrypoint;
  }

  // extra_hosts - computed: false, optional: true, required: false
  private _extraHosts?: { [key: string]: string };
  public get extraHosts() {
    return this.getStringMapAttribute('extra_hosts');
  }
  public set extraHosts(value: { [key: string]: string }) {
    this._extraHosts = value;
  }
  public resetExtraHosts() {
    this._extraHosts = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get extraHostsInput() {
    return this._extraHosts;
  }

  // hostname - computed: false, optional: true, required: false
  private _hostname?: string;
  public get hostname() {
    return this.getStringAttribute('hostname');
  }
  public set hostname(value: string) {
    this._hostname = value;
  }
  public resetHostname() {
    this._hostname = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostnameInput() {
    return this._hostname;
  }

  // init - computed: false, optional: true, required: false
  private _init?: boolean | cdktf.IResolvable;
  public get init() {
    return this.getBooleanAttribute('init');
  }
  public set init(value: boolean | cdktf.IResolvable) {
    this._init = value;
  }
  public resetInit() {
    this._init = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get initInput() {
    return this._init;
  }

  // logs - computed: false, optional: true, required: false
  private _logs = new ServiceContainerLogsOutputReference(this, "logs");
  public get logs() {
    return this._logs;
  }
  public putLogs(value: ServiceContainerLogs) {
    this._logs.internalValue = value;
  }
  public resetLogs() {
    this._logs.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get logsInput() {
    return this._logs.internalValue;
  }

  // network - computed: false, optional: true, required: false
  private _network?: string;
  public get network() {
    return this.getStringAttribute('network');
  }
  public set network(value: string) {
    this._network = value;
  }
  public resetNetwork() {
    this._network = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get networkInput() {
    return this._network;
  }

  // pids_limit - computed: false, optional: true, required: false
  private _pidsLimit?: number;
  public get pidsLimit() {
    return this.getNumberAttribute('pids_limit');
  }
  public set pidsLimit(value: number) {
    this._pidsLimit = value;
  }
  public resetPidsLimit() {
    this._pidsLimit = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pidsLimitInput() {
    return this._pidsLimit;
  }

  // read_only_root - computed: false, optional: true, required: false
  private _readOnlyRoot?: boolean | cdktf.IResolvable;
  public get readOnlyRoot() {
    return this.getBooleanAttribute('read_only_root');
  }
  public set readOnlyRoot(value: boolean | cdktf.IResolvable) {
    this._readOnlyRoot = value;
  }
  public resetReadOnlyRoot() {
    this._readOnlyRoot = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readOnlyRootInput() {
    return this._readOnlyRoot;
  }

  // shm_mib - computed: false, optional: true, required: false
  private _shmMib?: number;
  public get shmMib() {
    return this.getNumberAttribute('shm_mib');
  }
  public set shmMib(value: number) {
    this._shmMib = value;
  }
  public resetShmMib() {
    this._shmMib = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get shmMibInput() {
    return this._shmMib;
  }

  // stop_signal - computed: false, optional: true, required: false
  private _stopSignal?: string;
  public get stopSignal() {
    return this.getStringAttribute('stop_signal');
  }
  public set stopSignal(value: string) {
    this._stopSignal = value;
  }
  public resetStopSignal() {
    this._stopSignal = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get stopSignalInput() {
    return this._stopSignal;
  }

  // tmpfs - computed: false, optional: true, required: false
  private _tmpfs = new ServiceContainerTmpfsList(this, "tmpfs", false);
  public get tmpfs() {
    return this._tmpfs;
  }
  public putTmpfs(value: ServiceContainerTmpfs[] | cdktf.IResolvable) {
    this._tmpfs.internalValue = value;
  }
  public resetTmpfs() {
    this._tmpfs.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tmpfsInput() {
    return this._tmpfs.internalValue;
  }

  // ulimits - computed: false, optional: true, required: false
  private _ulimits = new ServiceContainerUlimitsList(this, "ulimits", false);
  public get ulimits() {
    return this._ulimits;
  }
  public putUlimits(value: ServiceContainerUlimits[] | cdktf.IResolvable) {
    this._ulimits.internalValue = value;
  }
  public resetUlimits() {
    this._ulimits.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ulimitsInput() {
    return this._ulimits.internalValue;
  }

  // user - computed: false, optional: true, required: false
  private _user?: string;
  public get user() {
    return this.getStringAttribute('user');
  }
  public set user(value: string) {
    this._user = value;
  }
  public resetUser() {
    this._user = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get userInput() {
    return this._user;
  }

  // volumes - computed: false, optional: true, required: false
  private _volumes = new ServiceContainerVolumesList(this, "volumes", false);
  public get volumes() {
    return this._volumes;
  }
  public putVolumes(value: ServiceContainerVolumes[] | cdktf.IResolvable) {
    this._volumes.internalValue = value;
  }
  public resetVolumes() {
    this._volumes.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get volumesInput() {
    return this._volumes.internalValue;
  }

  // workdir - computed: false, optional: true, required: false
  private _workdir?: string;
  public get workdir() {
    return this.getStringAttribute('workdir');
  }
  public set workdir(value: string) {
    this._workdir = value;
  }
  public resetWorkdir() {
    this._workdir = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get workdirInput() {
    return this._workdir;
  }
}
export interface ServiceHealth {
  /**
  * Run in the container, as words; exit code 0 is healthy.
  */
  readonly command?: string[];
  /**
  * Failures this soon after the start do not count.
  */
  readonly graceMs?: number;
  /**
  * This service of `grpc.health.v1.Health` is asked, `""` being the server as a whole.
  */
  readonly grpc?: string;
  /**
  * This path is asked; 2xx and 3xx are healthy.
  */
  readonly http?: string;
  /**
  * From one question to the next.
  */
  readonly intervalMs?: number;
  /**
  * After so many in a row the instance is replaced.
  */
  readonly maxFailures?: number;
  /**
  * Successes in a row until it is healthy (again). Default: 1.
  */
  readonly minSuccesses?: number;
  /**
  * Name of the port that is asked; needed by all but `command`.
  */
  readonly port?: string;
  /**
  * The port takes connections.
  */
  readonly tcp?: boolean | cdktf.IResolvable;
  /**
  * No answer within it is a failure.
  */
  readonly timeoutMs?: number;
}

export function serviceHealthToTerraform(struct?: ServiceHealth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    command: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.command),
    grace_ms: cdktf.numberToTerraform(struct!.graceMs),
    grpc: cdktf.stringToTerraform(struct!.grpc),
    http: cdktf.stringToTerraform(struct!.http),
    interval_ms: cdktf.numberToTerraform(struct!.intervalMs),
    max_failures: cdktf.numberToTerraform(struct!.maxFailures),
    min_successes: cdktf.numberToTerraform(struct!.minSuccesses),
    port: cdktf.stringToTerraform(struct!.port),
    tcp: cdktf.booleanToTerraform(struct!.tcp),
    timeout_ms: cdktf.numberToTerraform(struct!.timeoutMs),
  }
}


export function serviceHealthToHclTerraform(struct?: ServiceHealth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    command: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.command),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    grace_ms: {
      value: cdktf.numberToHclTerraform(struct!.graceMs),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    grpc: {
      value: cdktf.stringToHclTerraform(struct!.grpc),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    http: {
      value: cdktf.stringToHclTerraform(struct!.http),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    interval_ms: {
      value: cdktf.numberToHclTerraform(struct!.intervalMs),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    max_failures: {
      value: cdktf.numberToHclTerraform(struct!.maxFailures),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    min_successes: {
      value: cdktf.numberToHclTerraform(struct!.minSuccesses),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    port: {
      value: cdktf.stringToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tcp: {
      value: cdktf.booleanToHclTerraform(struct!.tcp),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    timeout_ms: {
      value: cdktf.numberToHclTerraform(struct!.timeoutMs),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceHealthOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceHealth | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._command !== undefined) {
      hasAnyValues = true;
      internalValueResult.command = this._command;
    }
    if (this._graceMs !== undefined) {
      hasAnyValues = true;
      internalValueResult.graceMs = this._graceMs;
    }
    if (this._grpc !== undefined) {
      hasAnyValues = true;
      internalValueResult.grpc = this._grpc;
    }
    if (this._http !== undefined) {
      hasAnyValues = true;
      internalValueResult.http = this._http;
    }
    if (this._intervalMs !== undefined) {
      hasAnyValues = true;
      internalValueResult.intervalMs = this._intervalMs;
    }
    if (this._maxFailures !== undefined) {
      hasAnyValues = true;
      internalValueResult.maxFailures = this._maxFailures;
    }
    if (this._minSuccesses !== undefined) {
      hasAnyValues = true;
      internalValueResult.minSuccesses = this._minSuccesses;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._tcp !== undefined) {
      hasAnyValues = true;
      internalValueResult.tcp = this._tcp;
    }
    if (this._timeoutMs !== undefined) {
      hasAnyValues = true;
      internalValueResult.timeoutMs = this._timeoutMs;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceHealth | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._command = undefined;
      this._graceMs = undefined;
      this._grpc = undefined;
      this._http = undefined;
      this._intervalMs = undefined;
      this._maxFailures = undefined;
      this._minSuccesses = undefined;
      this._port = undefined;
      this._tcp = undefined;
      this._timeoutMs = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._command = value.command;
      this._graceMs = value.graceMs;
      this._grpc = value.grpc;
      this._http = value.http;
      this._intervalMs = value.intervalMs;
      this._maxFailures = value.maxFailures;
      this._minSuccesses = value.minSuccesses;
      this._port = value.port;
      this._tcp = value.tcp;
      this._timeoutMs = value.timeoutMs;
    }
  }

  // command - computed: false, optional: true, required: false
  private _command?: string[];
  public get command() {
    return this.getListAttribute('command');
  }
  public set command(value: string[]) {
    this._command = value;
  }
  public resetCommand() {
    this._command = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get commandInput() {
    return this._command;
  }

  // grace_ms - computed: true, optional: true, required: false
  private _graceMs?: number;
  public get graceMs() {
    return this.getNumberAttribute('grace_ms');
  }
  public set graceMs(value: number) {
    this._graceMs = value;
  }
  public resetGraceMs() {
    this._graceMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get graceMsInput() {
    return this._graceMs;
  }

  // grpc - computed: false, optional: true, required: false
  private _grpc?: string;
  public get grpc() {
    return this.getStringAttribute('grpc');
  }
  public set grpc(value: string) {
    this._grpc = value;
  }
  public resetGrpc() {
    this._grpc = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get grpcInput() {
    return this._grpc;
  }

  // http - computed: false, optional: true, required: false
  private _http?: string;
  public get http() {
    return this.getStringAttribute('http');
  }
  public set http(value: string) {
    this._http = value;
  }
  public resetHttp() {
    this._http = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get httpInput() {
    return this._http;
  }

  // interval_ms - computed: true, optional: true, required: false
  private _intervalMs?: number;
  public get intervalMs() {
    return this.getNumberAttribute('interval_ms');
  }
  public set intervalMs(value: number) {
    this._intervalMs = value;
  }
  public resetIntervalMs() {
    this._intervalMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get intervalMsInput() {
    return this._intervalMs;
  }

  // max_failures - computed: true, optional: true, required: false
  private _maxFailures?: number;
  public get maxFailures() {
    return this.getNumberAttribute('max_failures');
  }
  public set maxFailures(value: number) {
    this._maxFailures = value;
  }
  public resetMaxFailures() {
    this._maxFailures = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxFailuresInput() {
    return this._maxFailures;
  }

  // min_successes - computed: false, optional: true, required: false
  private _minSuccesses?: number;
  public get minSuccesses() {
    return this.getNumberAttribute('min_successes');
  }
  public set minSuccesses(value: number) {
    this._minSuccesses = value;
  }
  public resetMinSuccesses() {
    this._minSuccesses = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get minSuccessesInput() {
    return this._minSuccesses;
  }

  // port - computed: false, optional: true, required: false
  private _port?: string;
  public get port() {
    return this.getStringAttribute('port');
  }
  public set port(value: string) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // tcp - computed: false, optional: true, required: false
  private _tcp?: boolean | cdktf.IResolvable;
  public get tcp() {
    return this.getBooleanAttribute('tcp');
  }
  public set tcp(value: boolean | cdktf.IResolvable) {
    this._tcp = value;
  }
  public resetTcp() {
    this._tcp = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tcpInput() {
    return this._tcp;
  }

  // timeout_ms - computed: true, optional: true, required: false
  private _timeoutMs?: number;
  public get timeoutMs() {
    return this.getNumberAttribute('timeout_ms');
  }
  public set timeoutMs(value: number) {
    this._timeoutMs = value;
  }
  public resetTimeoutMs() {
    this._timeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutMsInput() {
    return this._timeoutMs;
  }
}
export interface ServicePorts {
  /**
  * Where the process listens. 0, with `network = "host"`: one of the node's range, told it as `PORT_NAME`.
  */
  readonly containerPort: number;
  /**
  * Default: one of the node's range, a different one for each instance.
  */
  readonly hostPort?: number;
  /**
  * For health checks and DNS SRV; each port has one of its own.
  */
  readonly name: string;
  /**
  * What is published.
  */
  readonly protocol?: string;
}

export function servicePortsToTerraform(struct?: ServicePorts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    container_port: cdktf.numberToTerraform(struct!.containerPort),
    host_port: cdktf.numberToTerraform(struct!.hostPort),
    name: cdktf.stringToTerraform(struct!.name),
    protocol: cdktf.stringToTerraform(struct!.protocol),
  }
}


export function servicePortsToHclTerraform(struct?: ServicePorts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    container_port: {
      value: cdktf.numberToHclTerraform(struct!.containerPort),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    host_port: {
      value: cdktf.numberToHclTerraform(struct!.hostPort),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    name: {
      value: cdktf.stringToHclTerraform(struct!.name),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    protocol: {
      value: cdktf.stringToHclTerraform(struct!.protocol),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServicePortsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): ServicePorts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._containerPort !== undefined) {
      hasAnyValues = true;
      internalValueResult.containerPort = this._containerPort;
    }
    if (this._hostPort !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostPort = this._hostPort;
    }
    if (this._name !== undefined) {
      hasAnyValues = true;
      internalValueResult.name = this._name;
    }
    if (this._protocol !== undefined) {
      hasAnyValues = true;
      internalValueResult.protocol = this._protocol;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServicePorts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._containerPort = undefined;
      this._hostPort = undefined;
      this._name = undefined;
      this._protocol = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._containerPort = value.containerPort;
      this._hostPort = value.hostPort;
      this._name = value.name;
      this._protocol = value.protocol;
    }
  }

  // container_port - computed: false, optional: false, required: true
  private _containerPort?: number;
  public get containerPort() {
    return this.getNumberAttribute('container_port');
  }
  public set containerPort(value: number) {
    this._containerPort = value;
  }
  // Temporarily expose input value. Use with caution.
  public get containerPortInput() {
    return this._containerPort;
  }

  // host_port - computed: false, optional: true, required: false
  private _hostPort?: number;
  public get hostPort() {
    return this.getNumberAttribute('host_port');
  }
  public set hostPort(value: number) {
    this._hostPort = value;
  }
  public resetHostPort() {
    this._hostPort = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostPortInput() {
    return this._hostPort;
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

  // protocol - computed: true, optional: true, required: false
  private _protocol?: string;
  public get protocol() {
    return this.getStringAttribute('protocol');
  }
  public set protocol(value: string) {
    this._protocol = value;
  }
  public resetProtocol() {
    this._protocol = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get protocolInput() {
    return this._protocol;
  }
}

export class ServicePortsList extends cdktf.ComplexList {
  public internalValue? : ServicePorts[] | cdktf.IResolvable

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): ServicePortsOutputReference {
    return new ServicePortsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface ServiceReadiness {
  /**
  * Run in the container, as words; exit code 0 is healthy.
  */
  readonly command?: string[];
  /**
  * This service of `grpc.health.v1.Health` is asked, `""` being the server as a whole.
  */
  readonly grpc?: string;
  /**
  * This path is asked; 2xx and 3xx are healthy.
  */
  readonly http?: string;
  /**
  * From one question to the next.
  */
  readonly intervalMs?: number;
  /**
  * Successes in a row until it is healthy (again). Default: 1.
  */
  readonly minSuccesses?: number;
  /**
  * Name of the port that is asked; needed by all but `command`.
  */
  readonly port?: string;
  /**
  * The port takes connections.
  */
  readonly tcp?: boolean | cdktf.IResolvable;
  /**
  * No answer within it is a failure.
  */
  readonly timeoutMs?: number;
}

export function serviceReadinessToTerraform(struct?: ServiceReadiness | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    command: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.command),
    grpc: cdktf.stringToTerraform(struct!.grpc),
    http: cdktf.stringToTerraform(struct!.http),
    interval_ms: cdktf.numberToTerraform(struct!.intervalMs),
    min_successes: cdktf.numberToTerraform(struct!.minSuccesses),
    port: cdktf.stringToTerraform(struct!.port),
    tcp: cdktf.booleanToTerraform(struct!.tcp),
    timeout_ms: cdktf.numberToTerraform(struct!.timeoutMs),
  }
}


export function serviceReadinessToHclTerraform(struct?: ServiceReadiness | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    command: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.command),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    grpc: {
      value: cdktf.stringToHclTerraform(struct!.grpc),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    http: {
      value: cdktf.stringToHclTerraform(struct!.http),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    interval_ms: {
      value: cdktf.numberToHclTerraform(struct!.intervalMs),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    min_successes: {
      value: cdktf.numberToHclTerraform(struct!.minSuccesses),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    port: {
      value: cdktf.stringToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    tcp: {
      value: cdktf.booleanToHclTerraform(struct!.tcp),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    timeout_ms: {
      value: cdktf.numberToHclTerraform(struct!.timeoutMs),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceReadinessOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceReadiness | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._command !== undefined) {
      hasAnyValues = true;
      internalValueResult.command = this._command;
    }
    if (this._grpc !== undefined) {
      hasAnyValues = true;
      internalValueResult.grpc = this._grpc;
    }
    if (this._http !== undefined) {
      hasAnyValues = true;
      internalValueResult.http = this._http;
    }
    if (this._intervalMs !== undefined) {
      hasAnyValues = true;
      internalValueResult.intervalMs = this._intervalMs;
    }
    if (this._minSuccesses !== undefined) {
      hasAnyValues = true;
      internalValueResult.minSuccesses = this._minSuccesses;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._tcp !== undefined) {
      hasAnyValues = true;
      internalValueResult.tcp = this._tcp;
    }
    if (this._timeoutMs !== undefined) {
      hasAnyValues = true;
      internalValueResult.timeoutMs = this._timeoutMs;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceReadiness | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._command = undefined;
      this._grpc = undefined;
      this._http = undefined;
      this._intervalMs = undefined;
      this._minSuccesses = undefined;
      this._port = undefined;
      this._tcp = undefined;
      this._timeoutMs = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._command = value.command;
      this._grpc = value.grpc;
      this._http = value.http;
      this._intervalMs = value.intervalMs;
      this._minSuccesses = value.minSuccesses;
      this._port = value.port;
      this._tcp = value.tcp;
      this._timeoutMs = value.timeoutMs;
    }
  }

  // command - computed: false, optional: true, required: false
  private _command?: string[];
  public get command() {
    return this.getListAttribute('command');
  }
  public set command(value: string[]) {
    this._command = value;
  }
  public resetCommand() {
    this._command = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get commandInput() {
    return this._command;
  }

  // grpc - computed: false, optional: true, required: false
  private _grpc?: string;
  public get grpc() {
    return this.getStringAttribute('grpc');
  }
  public set grpc(value: string) {
    this._grpc = value;
  }
  public resetGrpc() {
    this._grpc = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get grpcInput() {
    return this._grpc;
  }

  // http - computed: false, optional: true, required: false
  private _http?: string;
  public get http() {
    return this.getStringAttribute('http');
  }
  public set http(value: string) {
    this._http = value;
  }
  public resetHttp() {
    this._http = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get httpInput() {
    return this._http;
  }

  // interval_ms - computed: true, optional: true, required: false
  private _intervalMs?: number;
  public get intervalMs() {
    return this.getNumberAttribute('interval_ms');
  }
  public set intervalMs(value: number) {
    this._intervalMs = value;
  }
  public resetIntervalMs() {
    this._intervalMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get intervalMsInput() {
    return this._intervalMs;
  }

  // min_successes - computed: false, optional: true, required: false
  private _minSuccesses?: number;
  public get minSuccesses() {
    return this.getNumberAttribute('min_successes');
  }
  public set minSuccesses(value: number) {
    this._minSuccesses = value;
  }
  public resetMinSuccesses() {
    this._minSuccesses = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get minSuccessesInput() {
    return this._minSuccesses;
  }

  // port - computed: false, optional: true, required: false
  private _port?: string;
  public get port() {
    return this.getStringAttribute('port');
  }
  public set port(value: string) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // tcp - computed: false, optional: true, required: false
  private _tcp?: boolean | cdktf.IResolvable;
  public get tcp() {
    return this.getBooleanAttribute('tcp');
  }
  public set tcp(value: boolean | cdktf.IResolvable) {
    this._tcp = value;
  }
  public resetTcp() {
    this._tcp = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tcpInput() {
    return this._tcp;
  }

  // timeout_ms - computed: true, optional: true, required: false
  private _timeoutMs?: number;
  public get timeoutMs() {
    return this.getNumberAttribute('timeout_ms');
  }
  public set timeoutMs(value: number) {
    this._timeoutMs = value;
  }
  public resetTimeoutMs() {
    this._timeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutMsInput() {
    return this._timeoutMs;
  }
}
export interface ServiceRegistryAuth {
  /**
  * The password, or a token in its place.
  */
  readonly password: string;
  /**
  * Who pulls.
  */
  readonly username: string;
}

export function serviceRegistryAuthToTerraform(struct?: ServiceRegistryAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    password: cdktf.stringToTerraform(struct!.password),
    username: cdktf.stringToTerraform(struct!.username),
  }
}


export function serviceRegistryAuthToHclTerraform(struct?: ServiceRegistryAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    password: {
      value: cdktf.stringToHclTerraform(struct!.password),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    username: {
      value: cdktf.stringToHclTerraform(struct!.username),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceRegistryAuthOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceRegistryAuth | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._password !== undefined) {
      hasAnyValues = true;
      internalValueResult.password = this._password;
    }
    if (this._username !== undefined) {
      hasAnyValues = true;
      internalValueResult.username = this._username;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceRegistryAuth | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._password = undefined;
      this._username = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._password = value.password;
      this._username = value.username;
    }
  }

  // password - computed: false, optional: false, required: true
  private _password?: string;
  public get password() {
    return this.getStringAttribute('password');
  }
  public set password(value: string) {
    this._password = value;
  }
  // Temporarily expose input value. Use with caution.
  public get passwordInput() {
    return this._password;
  }

  // username - computed: false, optional: false, required: true
  private _username?: string;
  public get username() {
    return this.getStringAttribute('username');
  }
  public set username(value: string) {
    this._username = value;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameInput() {
    return this._username;
  }
}
export interface ServiceTimeouts {
  /**
  * How long create may take, such as "90s" or "5m". Default "5m".
  */
  readonly create?: string;
  /**
  * How long delete may take, such as "90s" or "5m". Default "5m".
  */
  readonly delete?: string;
  /**
  * How long update may take, such as "90s" or "5m". Default "5m".
  */
  readonly update?: string;
}

export function serviceTimeoutsToTerraform(struct?: ServiceTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function serviceTimeoutsToHclTerraform(struct?: ServiceTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ServiceTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ServiceTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ServiceTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string;
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string;
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string;
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a covey_service
*/
export class Service extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "covey_service";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Service resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Service to import
  * @param importFromId The id of the existing Service that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Service to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "covey_service", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new covey_service Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ServiceConfig
  */
  public constructor(scope: Construct, id: string, config: ServiceConfig) {
    super(scope, id, {
      terraformResourceType: 'covey_service',
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
    this._command = config.command;
    this._constraints.internalValue = config.constraints;
    this._container.internalValue = config.container;
    this._cpus = config.cpus;
    this._env = config.env;
    this._health.internalValue = config.health;
    this._image = config.image;
    this._instances = config.instances;
    this._killGraceMs = config.killGraceMs;
    this._memoryMib = config.memoryMib;
    this._name = config.name;
    this._network = config.network;
    this._ports.internalValue = config.ports;
    this._pull = config.pull;
    this._readiness.internalValue = config.readiness;
    this._registryAuth.internalValue = config.registryAuth;
    this._secrets = config.secrets;
    this._sharedPorts = config.sharedPorts;
    this._timeouts.internalValue = config.timeouts;
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

  // command - computed: false, optional: true, required: false
  private _command?: string[];
  public get command() {
    return this.getListAttribute('command');
  }
  public set command(value: string[]) {
    this._command = value;
  }
  public resetCommand() {
    this._command = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get commandInput() {
    return this._command;
  }

  // constraints - computed: false, optional: true, required: false
  private _constraints = new ServiceConstraintsList(this, "constraints", false);
  public get constraints() {
    return this._constraints;
  }
  public putConstraints(value: ServiceConstraints[] | cdktf.IResolvable) {
    this._constraints.internalValue = value;
  }
  public resetConstraints() {
    this._constraints.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get constraintsInput() {
    return this._constraints.internalValue;
  }

  // container - computed: false, optional: true, required: false
  private _container = new ServiceContainerOutputReference(this, "container");
  public get container() {
    return this._container;
  }
  public putContainer(value: ServiceContainer) {
    this._container.internalValue = value;
  }
  public resetContainer() {
    this._container.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get containerInput() {
    return this._container.internalValue;
  }

  // cpus - computed: true, optional: true, required: false
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

  // env - computed: false, optional: true, required: false
  private _env?: { [key: string]: string };
  public get env() {
    return this.getStringMapAttribute('env');
  }
  public set env(value: { [key: string]: string }) {
    this._env = value;
  }
  public resetEnv() {
    this._env = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get envInput() {
    return this._env;
  }

  // health - computed: false, optional: true, required: false
  private _health = new ServiceHealthOutputReference(this, "health");
  public get health() {
    return this._health;
  }
  public putHealth(value: ServiceHealth) {
    this._health.internalValue = value;
  }
  public resetHealth() {
    this._health.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get healthInput() {
    return this._health.internalValue;
  }

  // healthy - computed: true, optional: false, required: false
  public get healthy() {
    return this.getNumberAttribute('healthy');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // image - computed: false, optional: false, required: true
  private _image?: string;
  public get image() {
    return this.getStringAttribute('image');
  }
  public set image(value: string) {
    this._image = value;
  }
  // Temporarily expose input value. Use with caution.
  public get imageInput() {
    return this._image;
  }

  // instances - computed: true, optional: true, required: false
  private _instances?: number;
  public get instances() {
    return this.getNumberAttribute('instances');
  }
  public set instances(value: number) {
    this._instances = value;
  }
  public resetInstances() {
    this._instances = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get instancesInput() {
    return this._instances;
  }

  // kill_grace_ms - computed: true, optional: true, required: false
  private _killGraceMs?: number;
  public get killGraceMs() {
    return this.getNumberAttribute('kill_grace_ms');
  }
  public set killGraceMs(value: number) {
    this._killGraceMs = value;
  }
  public resetKillGraceMs() {
    this._killGraceMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get killGraceMsInput() {
    return this._killGraceMs;
  }

  // memory_mib - computed: true, optional: true, required: false
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

  // network - computed: true, optional: true, required: false
  private _network?: string;
  public get network() {
    return this.getStringAttribute('network');
  }
  public set network(value: string) {
    this._network = value;
  }
  public resetNetwork() {
    this._network = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get networkInput() {
    return this._network;
  }

  // ports - computed: false, optional: true, required: false
  private _ports = new ServicePortsList(this, "ports", false);
  public get ports() {
    return this._ports;
  }
  public putPorts(value: ServicePorts[] | cdktf.IResolvable) {
    this._ports.internalValue = value;
  }
  public resetPorts() {
    this._ports.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portsInput() {
    return this._ports.internalValue;
  }

  // pull - computed: true, optional: true, required: false
  private _pull?: string;
  public get pull() {
    return this.getStringAttribute('pull');
  }
  public set pull(value: string) {
    this._pull = value;
  }
  public resetPull() {
    this._pull = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pullInput() {
    return this._pull;
  }

  // readiness - computed: false, optional: true, required: false
  private _readiness = new ServiceReadinessOutputReference(this, "readiness");
  public get readiness() {
    return this._readiness;
  }
  public putReadiness(value: ServiceReadiness) {
    this._readiness.internalValue = value;
  }
  public resetReadiness() {
    this._readiness.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readinessInput() {
    return this._readiness.internalValue;
  }

  // registry_auth - computed: false, optional: true, required: false
  private _registryAuth = new ServiceRegistryAuthOutputReference(this, "registry_auth");
  public get registryAuth() {
    return this._registryAuth;
  }
  public putRegistryAuth(value: ServiceRegistryAuth) {
    this._registryAuth.internalValue = value;
  }
  public resetRegistryAuth() {
    this._registryAuth.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get registryAuthInput() {
    return this._registryAuth.internalValue;
  }

  // secrets - computed: false, optional: true, required: false
  private _secrets?: { [key: string]: string };
  public get secrets() {
    return this.getStringMapAttribute('secrets');
  }
  public set secrets(value: { [key: string]: string }) {
    this._secrets = value;
  }
  public resetSecrets() {
    this._secrets = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get secretsInput() {
    return this._secrets;
  }

  // shared_ports - computed: false, optional: true, required: false
  private _sharedPorts?: number[];
  public get sharedPorts() {
    return this.getNumberListAttribute('shared_ports');
  }
  public set sharedPorts(value: number[]) {
    this._sharedPorts = value;
  }
  public resetSharedPorts() {
    this._sharedPorts = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sharedPortsInput() {
    return this._sharedPorts;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new ServiceTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: ServiceTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // version - computed: true, optional: false, required: false
  public get version() {
    return this.getStringAttribute('version');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      cluster: cdktf.stringToTerraform(this._cluster),
      command: cdktf.listMapper(cdktf.stringToTerraform, false)(this._command),
      constraints: cdktf.listMapper(serviceConstraintsToTerraform, false)(this._constraints.internalValue),
      container: serviceContainerToTerraform(this._container.internalValue),
      cpus: cdktf.numberToTerraform(this._cpus),
      env: cdktf.hashMapper(cdktf.stringToTerraform)(this._env),
      health: serviceHealthToTerraform(this._health.internalValue),
      image: cdktf.stringToTerraform(this._image),
      instances: cdktf.numberToTerraform(this._instances),
      kill_grace_ms: cdktf.numberToTerraform(this._killGraceMs),
      memory_mib: cdktf.numberToTerraform(this._memoryMib),
      name: cdktf.stringToTerraform(this._name),
      network: cdktf.stringToTerraform(this._network),
      ports: cdktf.listMapper(servicePortsToTerraform, false)(this._ports.internalValue),
      pull: cdktf.stringToTerraform(this._pull),
      readiness: serviceReadinessToTerraform(this._readiness.internalValue),
      registry_auth: serviceRegistryAuthToTerraform(this._registryAuth.internalValue),
      secrets: cdktf.hashMapper(cdktf.stringToTerraform)(this._secrets),
      shared_ports: cdktf.listMapper(cdktf.numberToTerraform, false)(this._sharedPorts),
      timeouts: serviceTimeoutsToTerraform(this._timeouts.internalValue),
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
      command: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._command),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      constraints: {
        value: cdktf.listMapperHcl(serviceConstraintsToHclTerraform, false)(this._constraints.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "ServiceConstraintsList",
      },
      container: {
        value: serviceContainerToHclTerraform(this._container.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ServiceContainer",
      },
      cpus: {
        value: cdktf.numberToHclTerraform(this._cpus),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      env: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._env),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      health: {
        value: serviceHealthToHclTerraform(this._health.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ServiceHealth",
      },
      image: {
        value: cdktf.stringToHclTerraform(this._image),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      instances: {
        value: cdktf.numberToHclTerraform(this._instances),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      kill_grace_ms: {
        value: cdktf.numberToHclTerraform(this._killGraceMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      memory_mib: {
        value: cdktf.numberToHclTerraform(this._memoryMib),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      network: {
        value: cdktf.stringToHclTerraform(this._network),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ports: {
        value: cdktf.listMapperHcl(servicePortsToHclTerraform, false)(this._ports.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "ServicePortsList",
      },
      pull: {
        value: cdktf.stringToHclTerraform(this._pull),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      readiness: {
        value: serviceReadinessToHclTerraform(this._readiness.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ServiceReadiness",
      },
      registry_auth: {
        value: serviceRegistryAuthToHclTerraform(this._registryAuth.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ServiceRegistryAuth",
      },
      secrets: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._secrets),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      shared_ports: {
        value: cdktf.listMapperHcl(cdktf.numberToHclTerraform, false)(this._sharedPorts),
        isBlock: false,
        type: "list",
        storageClassType: "numberList",
      },
      timeouts: {
        value: serviceTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ServiceTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
