// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; `npm run generate` makes it anew.
// generated from terraform resource schema

import type { Construct } from '../../engine';
import * as cdktf from '../../engine';

// Configuration

export interface LoadBalancerConfig extends cdktf.TerraformMetaArguments {
  /**
  * `"node"`: it listens on its node's address. `"any"`: on all addresses there.
  */
  readonly address?: string;
  /**
  * HAProxy connects to every instance once a second, beside the checks that decide what is in DNS.
  */
  readonly check?: boolean | cdktf.IResolvable;
  /**
  * For a client that says nothing in mid-request.
  */
  readonly clientTimeoutMs?: number;
  /**
  * The cluster's `access_key`.
  */
  readonly cluster: string;
  /**
  * For an instance to take a connection.
  */
  readonly connectTimeoutMs?: number;
  /**
  * Where instances may run.
  */
  readonly constraints?: LoadBalancerConstraints[] | cdktf.IResolvable;
  /**
  * Processors of one instance, which has as many threads, rounded up.
  */
  readonly cpus?: number;
  /**
  * How long an instance that was replaced goes on answering the connections it has.
  */
  readonly drainMs?: number;
  /**
  * Of HAProxy 2.6 or later with the program `covey-haproxy`, as `npm run images` builds it.
  */
  readonly image?: string;
  /**
  * How many there are, each on a node of its own.
  */
  readonly instances?: number;
  /**
  * For a next request on an open connection; should be below `drain_ms`.
  */
  readonly keepAliveTimeoutMs?: number;
  /**
  * Where clients come in.
  */
  readonly listeners: LoadBalancerListeners[] | cdktf.IResolvable;
  /**
  * Of all clients at once, for each instance; further ones wait.
  */
  readonly maxConnections?: number;
  /**
  * Instances of one service that are used at most; Consul names 64 at once.
  */
  readonly maxServers?: number;
  /**
  * Limit of one instance; 2000 connections take about 80 MiB.
  */
  readonly memoryMib?: number;
  /**
  * Its name on the cluster and, with `.service.consul`, in DNS.
  */
  readonly name: string;
  /**
  * For an instance to answer.
  */
  readonly serverTimeoutMs?: number;
  /**
  * HAProxy's own page of figures. Default: none.
  */
  readonly stats?: LoadBalancerStats;
  /**
  * How long the operations wait before they fail.
  */
  readonly timeouts?: LoadBalancerTimeouts;
}
export interface LoadBalancerConstraints {
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

export function loadBalancerConstraintsToTerraform(struct?: LoadBalancerConstraints | cdktf.IResolvable): any {
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


export function loadBalancerConstraintsToHclTerraform(struct?: LoadBalancerConstraints | cdktf.IResolvable): any {
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

export class LoadBalancerConstraintsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): LoadBalancerConstraints | cdktf.IResolvable | undefined {
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

  public set internalValue(value: LoadBalancerConstraints | cdktf.IResolvable | undefined) {
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

export class LoadBalancerConstraintsList extends cdktf.ComplexList {
  public internalValue? : LoadBalancerConstraints[] | cdktf.IResolvable

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
  public get(index: number): LoadBalancerConstraintsOutputReference {
    return new LoadBalancerConstraintsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface LoadBalancerListenersRules {
  /**
  * The host asked for, or `*.example.org` for all below it. Default: any.
  */
  readonly host?: string;
  /**
  * `/api` takes `/api` and what is below it, not `/apiary`. Default: any path.
  */
  readonly pathPrefix?: string;
  /**
  * Name of the service that such requests go to.
  */
  readonly service: string;
}

export function loadBalancerListenersRulesToTerraform(struct?: LoadBalancerListenersRules | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    host: cdktf.stringToTerraform(struct!.host),
    path_prefix: cdktf.stringToTerraform(struct!.pathPrefix),
    service: cdktf.stringToTerraform(struct!.service),
  }
}


export function loadBalancerListenersRulesToHclTerraform(struct?: LoadBalancerListenersRules | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_prefix: {
      value: cdktf.stringToHclTerraform(struct!.pathPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    service: {
      value: cdktf.stringToHclTerraform(struct!.service),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class LoadBalancerListenersRulesOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): LoadBalancerListenersRules | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._host !== undefined) {
      hasAnyValues = true;
      internalValueResult.host = this._host;
    }
    if (this._pathPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.pathPrefix = this._pathPrefix;
    }
    if (this._service !== undefined) {
      hasAnyValues = true;
      internalValueResult.service = this._service;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: LoadBalancerListenersRules | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._host = undefined;
      this._pathPrefix = undefined;
      this._service = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._host = value.host;
      this._pathPrefix = value.pathPrefix;
      this._service = value.service;
    }
  }

  // host - computed: false, optional: true, required: false
  private _host?: string;
  public get host() {
    return this.getStringAttribute('host');
  }
  public set host(value: string) {
    this._host = value;
  }
  public resetHost() {
    this._host = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostInput() {
    return this._host;
  }

  // path_prefix - computed: false, optional: true, required: false
  private _pathPrefix?: string;
  public get pathPrefix() {
    return this.getStringAttribute('path_prefix');
  }
  public set pathPrefix(value: string) {
    this._pathPrefix = value;
  }
  public resetPathPrefix() {
    this._pathPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get pathPrefixInput() {
    return this._pathPrefix;
  }

  // service - computed: false, optional: false, required: true
  private _service?: string;
  public get service() {
    return this.getStringAttribute('service');
  }
  public set service(value: string) {
    this._service = value;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceInput() {
    return this._service;
  }
}

export class LoadBalancerListenersRulesList extends cdktf.ComplexList {
  public internalValue? : LoadBalancerListenersRules[] | cdktf.IResolvable

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
  public get(index: number): LoadBalancerListenersRulesOutputReference {
    return new LoadBalancerListenersRulesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface LoadBalancerListeners {
  /**
  * Which instance is next: each in turn, the one with the fewest connections, or by the client's address.
  */
  readonly balance?: string;
  /**
  * `tcp` passes bytes on as they are.
  */
  readonly mode?: string;
  /**
  * Port on the nodes, outside the range that they give to tasks.
  */
  readonly port: number;
  /**
  * Of several that match, the first decides.
  */
  readonly rules?: LoadBalancerListenersRules[] | cdktf.IResolvable;
  /**
  * Name of the service that gets what no rule takes. Default: such requests are answered 404.
  */
  readonly service?: string;
  /**
  * A client stays with one instance, by the cookie `covey-SERVICE`. Only `http`.
  */
  readonly sticky?: boolean | cdktf.IResolvable;
}

export function loadBalancerListenersToTerraform(struct?: LoadBalancerListeners | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    balance: cdktf.stringToTerraform(struct!.balance),
    mode: cdktf.stringToTerraform(struct!.mode),
    port: cdktf.numberToTerraform(struct!.port),
    rules: cdktf.listMapper(loadBalancerListenersRulesToTerraform, false)(struct!.rules),
    service: cdktf.stringToTerraform(struct!.service),
    sticky: cdktf.booleanToTerraform(struct!.sticky),
  }
}


export function loadBalancerListenersToHclTerraform(struct?: LoadBalancerListeners | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    balance: {
      value: cdktf.stringToHclTerraform(struct!.balance),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    mode: {
      value: cdktf.stringToHclTerraform(struct!.mode),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    port: {
      value: cdktf.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    rules: {
      value: cdktf.listMapperHcl(loadBalancerListenersRulesToHclTerraform, false)(struct!.rules),
      isBlock: true,
      type: "list",
      storageClassType: "LoadBalancerListenersRulesList",
    },
    service: {
      value: cdktf.stringToHclTerraform(struct!.service),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sticky: {
      value: cdktf.booleanToHclTerraform(struct!.sticky),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class LoadBalancerListenersOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): LoadBalancerListeners | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._balance !== undefined) {
      hasAnyValues = true;
      internalValueResult.balance = this._balance;
    }
    if (this._mode !== undefined) {
      hasAnyValues = true;
      internalValueResult.mode = this._mode;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._rules?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.rules = this._rules?.internalValue;
    }
    if (this._service !== undefined) {
      hasAnyValues = true;
      internalValueResult.service = this._service;
    }
    if (this._sticky !== undefined) {
      hasAnyValues = true;
      internalValueResult.sticky = this._sticky;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: LoadBalancerListeners | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._balance = undefined;
      this._mode = undefined;
      this._port = undefined;
      this._rules.internalValue = undefined;
      this._service = undefined;
      this._sticky = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._balance = value.balance;
      this._mode = value.mode;
      this._port = value.port;
      this._rules.internalValue = value.rules;
      this._service = value.service;
      this._sticky = value.sticky;
    }
  }

  // balance - computed: true, optional: true, required: false
  private _balance?: string;
  public get balance() {
    return this.getStringAttribute('balance');
  }
  public set balance(value: string) {
    this._balance = value;
  }
  public resetBalance() {
    this._balance = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get balanceInput() {
    return this._balance;
  }

  // mode - computed: true, optional: true, required: false
  private _mode?: string;
  public get mode() {
    return this.getStringAttribute('mode');
  }
  public set mode(value: string) {
    this._mode = value;
  }
  public resetMode() {
    this._mode = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get modeInput() {
    return this._mode;
  }

  // port - computed: false, optional: false, required: true
  private _port?: number;
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // rules - computed: false, optional: true, required: false
  private _rules = new LoadBalancerListenersRulesList(this, "rules", false);
  public get rules() {
    return this._rules;
  }
  public putRules(value: LoadBalancerListenersRules[] | cdktf.IResolvable) {
    this._rules.internalValue = value;
  }
  public resetRules() {
    this._rules.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rulesInput() {
    return this._rules.internalValue;
  }

  // service - computed: false, optional: true, required: false
  private _service?: string;
  public get service() {
    return this.getStringAttribute('service');
  }
  public set service(value: string) {
    this._service = value;
  }
  public resetService() {
    this._service = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serviceInput() {
    return this._service;
  }

  // sticky - computed: true, optional: true, required: false
  private _sticky?: boolean | cdktf.IResolvable;
  public get sticky() {
    return this.getBooleanAttribute('sticky');
  }
  public set sticky(value: boolean | cdktf.IResolvable) {
    this._sticky = value;
  }
  public resetSticky() {
    this._sticky = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get stickyInput() {
    return this._sticky;
  }
}

export class LoadBalancerListenersList extends cdktf.ComplexList {
  public internalValue? : LoadBalancerListeners[] | cdktf.IResolvable

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
  public get(index: number): LoadBalancerListenersOutputReference {
    return new LoadBalancerListenersOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface LoadBalancerStats {
  /**
  * Sent in clear, as there is no TLS.
  */
  readonly password?: string;
  /**
  * Where the page is, at `/`.
  */
  readonly port: number;
  /**
  * Who may see it; with `password`. Default: everybody.
  */
  readonly user?: string;
}

export function loadBalancerStatsToTerraform(struct?: LoadBalancerStats | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    password: cdktf.stringToTerraform(struct!.password),
    port: cdktf.numberToTerraform(struct!.port),
    user: cdktf.stringToTerraform(struct!.user),
  }
}


export function loadBalancerStatsToHclTerraform(struct?: LoadBalancerStats | cdktf.IResolvable): any {
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
    port: {
      value: cdktf.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    user: {
      value: cdktf.stringToHclTerraform(struct!.user),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class LoadBalancerStatsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): LoadBalancerStats | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._password !== undefined) {
      hasAnyValues = true;
      internalValueResult.password = this._password;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._user !== undefined) {
      hasAnyValues = true;
      internalValueResult.user = this._user;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: LoadBalancerStats | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._password = undefined;
      this._port = undefined;
      this._user = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._password = value.password;
      this._port = value.port;
      this._user = value.user;
    }
  }

  // password - computed: false, optional: true, required: false
  private _password?: string;
  public get password() {
    return this.getStringAttribute('password');
  }
  public set password(value: string) {
    this._password = value;
  }
  public resetPassword() {
    this._password = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get passwordInput() {
    return this._password;
  }

  // port - computed: false, optional: false, required: true
  private _port?: number;
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
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
}
export interface LoadBalancerTimeouts {
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

export function loadBalancerTimeoutsToTerraform(struct?: LoadBalancerTimeouts | cdktf.IResolvable): any {
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


export function loadBalancerTimeoutsToHclTerraform(struct?: LoadBalancerTimeouts | cdktf.IResolvable): any {
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

export class LoadBalancerTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): LoadBalancerTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: LoadBalancerTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a covey_load_balancer
*/
export class LoadBalancer extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "covey_load_balancer";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a LoadBalancer resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the LoadBalancer to import
  * @param importFromId The id of the existing LoadBalancer that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the LoadBalancer to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "covey_load_balancer", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new covey_load_balancer Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options LoadBalancerConfig
  */
  public constructor(scope: Construct, id: string, config: LoadBalancerConfig) {
    super(scope, id, {
      terraformResourceType: 'covey_load_balancer',
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
    this._address = config.address;
    this._check = config.check;
    this._clientTimeoutMs = config.clientTimeoutMs;
    this._cluster = config.cluster;
    this._connectTimeoutMs = config.connectTimeoutMs;
    this._constraints.internalValue = config.constraints;
    this._cpus = config.cpus;
    this._drainMs = config.drainMs;
    this._image = config.image;
    this._instances = config.instances;
    this._keepAliveTimeoutMs = config.keepAliveTimeoutMs;
    this._listeners.internalValue = config.listeners;
    this._maxConnections = config.maxConnections;
    this._maxServers = config.maxServers;
    this._memoryMib = config.memoryMib;
    this._name = config.name;
    this._serverTimeoutMs = config.serverTimeoutMs;
    this._stats.internalValue = config.stats;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // address - computed: true, optional: true, required: false
  private _address?: string;
  public get address() {
    return this.getStringAttribute('address');
  }
  public set address(value: string) {
    this._address = value;
  }
  public resetAddress() {
    this._address = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressInput() {
    return this._address;
  }

  // check - computed: true, optional: true, required: false
  private _check?: boolean | cdktf.IResolvable;
  public get check() {
    return this.getBooleanAttribute('check');
  }
  public set check(value: boolean | cdktf.IResolvable) {
    this._check = value;
  }
  public resetCheck() {
    this._check = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get checkInput() {
    return this._check;
  }

  // client_timeout_ms - computed: true, optional: true, required: false
  private _clientTimeoutMs?: number;
  public get clientTimeoutMs() {
    return this.getNumberAttribute('client_timeout_ms');
  }
  public set clientTimeoutMs(value: number) {
    this._clientTimeoutMs = value;
  }
  public resetClientTimeoutMs() {
    this._clientTimeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientTimeoutMsInput() {
    return this._clientTimeoutMs;
  }

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

  // connect_timeout_ms - computed: true, optional: true, required: false
  private _connectTimeoutMs?: number;
  public get connectTimeoutMs() {
    return this.getNumberAttribute('connect_timeout_ms');
  }
  public set connectTimeoutMs(value: number) {
    this._connectTimeoutMs = value;
  }
  public resetConnectTimeoutMs() {
    this._connectTimeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get connectTimeoutMsInput() {
    return this._connectTimeoutMs;
  }

  // constraints - computed: false, optional: true, required: false
  private _constraints = new LoadBalancerConstraintsList(this, "constraints", false);
  public get constraints() {
    return this._constraints;
  }
  public putConstraints(value: LoadBalancerConstraints[] | cdktf.IResolvable) {
    this._constraints.internalValue = value;
  }
  public resetConstraints() {
    this._constraints.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get constraintsInput() {
    return this._constraints.internalValue;
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

  // drain_ms - computed: true, optional: true, required: false
  private _drainMs?: number;
  public get drainMs() {
    return this.getNumberAttribute('drain_ms');
  }
  public set drainMs(value: number) {
    this._drainMs = value;
  }
  public resetDrainMs() {
    this._drainMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get drainMsInput() {
    return this._drainMs;
  }

  // haproxy_config - computed: true, optional: false, required: false
  public get haproxyConfig() {
    return this.getStringAttribute('haproxy_config');
  }

  // healthy - computed: true, optional: false, required: false
  public get healthy() {
    return this.getNumberAttribute('healthy');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // image - computed: true, optional: true, required: false
  private _image?: string;
  public get image() {
    return this.getStringAttribute('image');
  }
  public set image(value: string) {
    this._image = value;
  }
  public resetImage() {
    this._image = undefined;
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

  // keep_alive_timeout_ms - computed: true, optional: true, required: false
  private _keepAliveTimeoutMs?: number;
  public get keepAliveTimeoutMs() {
    return this.getNumberAttribute('keep_alive_timeout_ms');
  }
  public set keepAliveTimeoutMs(value: number) {
    this._keepAliveTimeoutMs = value;
  }
  public resetKeepAliveTimeoutMs() {
    this._keepAliveTimeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keepAliveTimeoutMsInput() {
    return this._keepAliveTimeoutMs;
  }

  // listeners - computed: false, optional: false, required: true
  private _listeners = new LoadBalancerListenersList(this, "listeners", false);
  public get listeners() {
    return this._listeners;
  }
  public putListeners(value: LoadBalancerListeners[] | cdktf.IResolvable) {
    this._listeners.internalValue = value;
  }
  // Temporarily expose input value. Use with caution.
  public get listenersInput() {
    return this._listeners.internalValue;
  }

  // max_connections - computed: true, optional: true, required: false
  private _maxConnections?: number;
  public get maxConnections() {
    return this.getNumberAttribute('max_connections');
  }
  public set maxConnections(value: number) {
    this._maxConnections = value;
  }
  public resetMaxConnections() {
    this._maxConnections = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxConnectionsInput() {
    return this._maxConnections;
  }

  // max_servers - computed: true, optional: true, required: false
  private _maxServers?: number;
  public get maxServers() {
    return this.getNumberAttribute('max_servers');
  }
  public set maxServers(value: number) {
    this._maxServers = value;
  }
  public resetMaxServers() {
    this._maxServers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxServersInput() {
    return this._maxServers;
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

  // server_timeout_ms - computed: true, optional: true, required: false
  private _serverTimeoutMs?: number;
  public get serverTimeoutMs() {
    return this.getNumberAttribute('server_timeout_ms');
  }
  public set serverTimeoutMs(value: number) {
    this._serverTimeoutMs = value;
  }
  public resetServerTimeoutMs() {
    this._serverTimeoutMs = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get serverTimeoutMsInput() {
    return this._serverTimeoutMs;
  }

  // stats - computed: false, optional: true, required: false
  private _stats = new LoadBalancerStatsOutputReference(this, "stats");
  public get stats() {
    return this._stats;
  }
  public putStats(value: LoadBalancerStats) {
    this._stats.internalValue = value;
  }
  public resetStats() {
    this._stats.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get statsInput() {
    return this._stats.internalValue;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new LoadBalancerTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: LoadBalancerTimeouts) {
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
      address: cdktf.stringToTerraform(this._address),
      check: cdktf.booleanToTerraform(this._check),
      client_timeout_ms: cdktf.numberToTerraform(this._clientTimeoutMs),
      cluster: cdktf.stringToTerraform(this._cluster),
      connect_timeout_ms: cdktf.numberToTerraform(this._connectTimeoutMs),
      constraints: cdktf.listMapper(loadBalancerConstraintsToTerraform, false)(this._constraints.internalValue),
      cpus: cdktf.numberToTerraform(this._cpus),
      drain_ms: cdktf.numberToTerraform(this._drainMs),
      image: cdktf.stringToTerraform(this._image),
      instances: cdktf.numberToTerraform(this._instances),
      keep_alive_timeout_ms: cdktf.numberToTerraform(this._keepAliveTimeoutMs),
      listeners: cdktf.listMapper(loadBalancerListenersToTerraform, false)(this._listeners.internalValue),
      max_connections: cdktf.numberToTerraform(this._maxConnections),
      max_servers: cdktf.numberToTerraform(this._maxServers),
      memory_mib: cdktf.numberToTerraform(this._memoryMib),
      name: cdktf.stringToTerraform(this._name),
      server_timeout_ms: cdktf.numberToTerraform(this._serverTimeoutMs),
      stats: loadBalancerStatsToTerraform(this._stats.internalValue),
      timeouts: loadBalancerTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      address: {
        value: cdktf.stringToHclTerraform(this._address),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      check: {
        value: cdktf.booleanToHclTerraform(this._check),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      client_timeout_ms: {
        value: cdktf.numberToHclTerraform(this._clientTimeoutMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      cluster: {
        value: cdktf.stringToHclTerraform(this._cluster),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      connect_timeout_ms: {
        value: cdktf.numberToHclTerraform(this._connectTimeoutMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      constraints: {
        value: cdktf.listMapperHcl(loadBalancerConstraintsToHclTerraform, false)(this._constraints.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "LoadBalancerConstraintsList",
      },
      cpus: {
        value: cdktf.numberToHclTerraform(this._cpus),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      drain_ms: {
        value: cdktf.numberToHclTerraform(this._drainMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
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
      keep_alive_timeout_ms: {
        value: cdktf.numberToHclTerraform(this._keepAliveTimeoutMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      listeners: {
        value: cdktf.listMapperHcl(loadBalancerListenersToHclTerraform, false)(this._listeners.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "LoadBalancerListenersList",
      },
      max_connections: {
        value: cdktf.numberToHclTerraform(this._maxConnections),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_servers: {
        value: cdktf.numberToHclTerraform(this._maxServers),
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
      server_timeout_ms: {
        value: cdktf.numberToHclTerraform(this._serverTimeoutMs),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      stats: {
        value: loadBalancerStatsToHclTerraform(this._stats.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "LoadBalancerStats",
      },
      timeouts: {
        value: loadBalancerTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "LoadBalancerTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
