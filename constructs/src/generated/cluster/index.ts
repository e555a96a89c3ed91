// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; `npm run generate` makes it anew.
// generated from terraform resource schema

import type { Construct } from '../../engine';
import * as cdktf from '../../engine';

// Configuration

export interface ClusterConfig extends cdktf.TerraformMetaArguments {
  /**
  * The service catalogue and store.
  */
  readonly consul?: ClusterConsul;
  /**
  * Consul's datacenter.
  */
  readonly datacenter?: string;
  /**
  * How far apart the nodes are: `"local"` (one machine, or a site with few nodes), `"lan"` (one site), `"wan"` (several). The farther, the longer a node's silence is borne before it is held for dead.
  */
  readonly mesh?: string;
  /**
  * Its name, part of every node's and service's `id`.
  */
  readonly name: string;
  /**
  * The nodes that elect the master, name to IPv4 address: 1, 3, 5 or 7 of them. Each has a `covey_node` of its name.
  */
  readonly voters: { [key: string]: string };
}
export interface ClusterConsul {
  /**
  * External: the Consul agent, as each node reaches it.
  */
  readonly address?: string;
  /**
  * External: address of its DNS on port 53, given to containers as resolver.
  */
  readonly dns?: string;
  /**
  * `"managed"`: the agents run Consul themselves, a server on each voter. `"external"`: one that runs already.
  */
  readonly mode?: string;
  /**
  * External: its ACL token.
  */
  readonly token?: string;
}

export function clusterConsulToTerraform(struct?: ClusterConsul | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    address: cdktf.stringToTerraform(struct!.address),
    dns: cdktf.stringToTerraform(struct!.dns),
    mode: cdktf.stringToTerraform(struct!.mode),
    token: cdktf.stringToTerraform(struct!.token),
  }
}


export function clusterConsulToHclTerraform(struct?: ClusterConsul | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    address: {
      value: cdktf.stringToHclTerraform(struct!.address),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    dns: {
      value: cdktf.stringToHclTerraform(struct!.dns),
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
    token: {
      value: cdktf.stringToHclTerraform(struct!.token),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ClusterConsulOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ClusterConsul | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._address !== undefined) {
      hasAnyValues = true;
      internalValueResult.address = this._address;
    }
    if (this._dns !== undefined) {
      hasAnyValues = true;
      internalValueResult.dns = this._dns;
    }
    if (this._mode !== undefined) {
      hasAnyValues = true;
      internalValueResult.mode = this._mode;
    }
    if (this._token !== undefined) {
      hasAnyValues = true;
      internalValueResult.token = this._token;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ClusterConsul | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._address = undefined;
      this._dns = undefined;
      this._mode = undefined;
      this._token = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._address = value.address;
      this._dns = value.dns;
      this._mode = value.mode;
      this._token = value.token;
    }
  }

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

  // dns - computed: true, optional: true, required: false
  private _dns?: string;
  public get dns() {
    return this.getStringAttribute('dns');
  }
  public set dns(value: string) {
    this._dns = value;
  }
  public resetDns() {
    this._dns = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dnsInput() {
    return this._dns;
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

  // token - computed: true, optional: true, required: false
  private _token?: string;
  public get token() {
    return this.getStringAttribute('token');
  }
  public set token(value: string) {
    this._token = value;
  }
  public resetToken() {
    this._token = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenInput() {
    return this._token;
  }
}

/**
* Represents a covey_cluster
*/
export class Cluster extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "covey_cluster";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Cluster resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Cluster to import
  * @param importFromId The id of the existing Cluster that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Cluster to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "covey_cluster", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new covey_cluster Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ClusterConfig
  */
  public constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id, {
      terraformResourceType: 'covey_cluster',
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
    this._consul.internalValue = config.consul;
    this._datacenter = config.datacenter;
    this._mesh = config.mesh;
    this._name = config.name;
    this._voters = config.voters;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_key - computed: true, optional: false, required: false
  public get accessKey() {
    return this.getStringAttribute('access_key');
  }

  // ca_certificate - computed: true, optional: false, required: false
  public get caCertificate() {
    return this.getStringAttribute('ca_certificate');
  }

  // ca_private_key - computed: true, optional: false, required: false
  public get caPrivateKey() {
    return this.getStringAttribute('ca_private_key');
  }

  // consul - computed: true, optional: true, required: false
  private _consul = new ClusterConsulOutputReference(this, "consul");
  public get consul() {
    return this._consul;
  }
  public putConsul(value: ClusterConsul) {
    this._consul.internalValue = value;
  }
  public resetConsul() {
    this._consul.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get consulInput() {
    return this._consul.internalValue;
  }

  // datacenter - computed: true, optional: true, required: false
  private _datacenter?: string;
  public get datacenter() {
    return this.getStringAttribute('datacenter');
  }
  public set datacenter(value: string) {
    this._datacenter = value;
  }
  public resetDatacenter() {
    this._datacenter = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get datacenterInput() {
    return this._datacenter;
  }

  // endpoints - computed: true, optional: false, required: false
  public get endpoints() {
    return this.getListAttribute('endpoints');
  }

  // gossip_key - computed: true, optional: false, required: false
  public get gossipKey() {
    return this.getStringAttribute('gossip_key');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // join_key - computed: true, optional: false, required: false
  public get joinKey() {
    return this.getStringAttribute('join_key');
  }

  // mesh - computed: true, optional: true, required: false
  private _mesh?: string;
  public get mesh() {
    return this.getStringAttribute('mesh');
  }
  public set mesh(value: string) {
    this._mesh = value;
  }
  public resetMesh() {
    this._mesh = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get meshInput() {
    return this._mesh;
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

  // token - computed: true, optional: false, required: false
  public get token() {
    return this.getStringAttribute('token');
  }

  // voters - computed: false, optional: false, required: true
  private _voters?: { [key: string]: string };
  public get voters() {
    return this.getStringMapAttribute('voters');
  }
  public set voters(value: { [key: string]: string }) {
    this._voters = value;
  }
  // Temporarily expose input value. Use with caution.
  public get votersInput() {
    return this._voters;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      consul: clusterConsulToTerraform(this._consul.internalValue),
      datacenter: cdktf.stringToTerraform(this._datacenter),
      mesh: cdktf.stringToTerraform(this._mesh),
      name: cdktf.stringToTerraform(this._name),
      voters: cdktf.hashMapper(cdktf.stringToTerraform)(this._voters),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      consul: {
        value: clusterConsulToHclTerraform(this._consul.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ClusterConsul",
      },
      datacenter: {
        value: cdktf.stringToHclTerraform(this._datacenter),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      mesh: {
        value: cdktf.stringToHclTerraform(this._mesh),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      voters: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._voters),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
