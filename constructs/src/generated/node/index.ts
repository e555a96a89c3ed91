// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; `npm run generate` makes it anew.
// generated from terraform resource schema

import type { Construct } from '../../engine';
import * as cdktf from '../../engine';

// Configuration

export interface NodeConfig extends cdktf.TerraformMetaArguments {
  /**
  * Reachable by every node and container. A voter has it from the cluster. Where the machine does not have it, the node gets a Docker network of its own (a /24 with this gateway).
  */
  readonly address?: string;
  /**
  * For constraints: rack, zone, ...
  */
  readonly attributes?: { [key: string]: string };
  /**
  * The cluster's `join_key`. A node moved to another cluster is removed and installed anew.
  */
  readonly cluster: string;
  /**
  * The consul program, where the cluster's Consul is managed. Default: `consul` on PATH, then `covey/bin/consul` in XDG_CACHE_HOME (~/.cache).
  */
  readonly consulBinary?: string;
  /**
  * Holds agent, configuration, log and state. Removed with the node. Default `/var/lib/covey/CLUSTER/NAME`.
  */
  readonly dataDir?: string;
  /**
  * A container of a Docker engine, with an engine of its own in it for the node's tasks. Its `address` is the container's.
  */
  readonly docker?: NodeDocker;
  /**
  * Where the machine's Docker engine listens.
  */
  readonly dockerSocket?: string;
  /**
  * The machine Terraform runs on.
  */
  readonly local?: NodeLocal;
  /**
  * Its name in the cluster. A voter has the name that the cluster declares.
  */
  readonly name: string;
  /**
  * What the node offers. What is left out is read off the machine.
  */
  readonly resources?: NodeResources;
  /**
  * Node.js program for the node's platform, on the machine Terraform runs on; it is brought to the node. Default: the one that runs the provider.
  */
  readonly runtime?: string;
  /**
  * A machine reached over SSH. It needs sshd and Docker, and the right to install: root, or sudo without a password.
  */
  readonly ssh?: NodeSsh;
  /**
  * How long the operations wait before they fail.
  */
  readonly timeouts?: NodeTimeouts;
}
export interface NodeDockerSshJump {
  /**
  * Log in with the keys of ssh-agent (SSH_AUTH_SOCK); so it is where no key is set.
  */
  readonly agent?: boolean | cdktf.IResolvable;
  /**
  * Name or address of the machine's SSH server.
  */
  readonly host: string;
  /**
  * The server's public key (`ssh-ed25519 AAAA...`, as ssh-keyscan shows it) or its fingerprint (`SHA256:...`).
  */
  readonly hostKey?: string;
  /**
  * Where the server's key is looked for when host_key is not set. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.
  */
  readonly knownHostsFile?: string;
  readonly port?: number;
  /**
  * Text of a private key, OpenSSH or PEM. It is kept in the state.
  */
  readonly privateKey?: string;
  /**
  * A private key on the machine Terraform runs on.
  */
  readonly privateKeyFile?: string;
  readonly user?: string;
}

export function nodeDockerSshJumpToTerraform(struct?: NodeDockerSshJump | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    agent: cdktf.booleanToTerraform(struct!.agent),
    host: cdktf.stringToTerraform(struct!.host),
    host_key: cdktf.stringToTerraform(struct!.hostKey),
    known_hosts_file: cdktf.stringToTerraform(struct!.knownHostsFile),
    port: cdktf.numberToTerraform(struct!.port),
    private_key: cdktf.stringToTerraform(struct!.privateKey),
    private_key_file: cdktf.stringToTerraform(struct!.privateKeyFile),
    user: cdktf.stringToTerraform(struct!.user),
  }
}


export function nodeDockerSshJumpToHclTerraform(struct?: NodeDockerSshJump | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    agent: {
      value: cdktf.booleanToHclTerraform(struct!.agent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    host_key: {
      value: cdktf.stringToHclTerraform(struct!.hostKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    known_hosts_file: {
      value: cdktf.stringToHclTerraform(struct!.knownHostsFile),
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
    private_key: {
      value: cdktf.stringToHclTerraform(struct!.privateKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    private_key_file: {
      value: cdktf.stringToHclTerraform(struct!.privateKeyFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
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

export class NodeDockerSshJumpOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeDockerSshJump | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._agent !== undefined) {
      hasAnyValues = true;
      internalValueResult.agent = this._agent;
    }
    if (this._host !== undefined) {
      hasAnyValues = true;
      internalValueResult.host = this._host;
    }
    if (this._hostKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostKey = this._hostKey;
    }
    if (this._knownHostsFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.knownHostsFile = this._knownHostsFile;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._privateKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKey = this._privateKey;
    }
    if (this._privateKeyFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKeyFile = this._privateKeyFile;
    }
    if (this._user !== undefined) {
      hasAnyValues = true;
      internalValueResult.user = this._user;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeDockerSshJump | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._agent = undefined;
      this._host = undefined;
      this._hostKey = undefined;
      this._knownHostsFile = undefined;
      this._port = undefined;
      this._privateKey = undefined;
      this._privateKeyFile = undefined;
      this._user = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._agent = value.agent;
      this._host = value.host;
      this._hostKey = value.hostKey;
      this._knownHostsFile = value.knownHostsFile;
      this._port = value.port;
      this._privateKey = value.privateKey;
      this._privateKeyFile = value.privateKeyFile;
      this._user = value.user;
    }
  }

  // agent - computed: false, optional: true, required: false
  private _agent?: boolean | cdktf.IResolvable;
  public get agent() {
    return this.getBooleanAttribute('agent');
  }
  public set agent(value: boolean | cdktf.IResolvable) {
    this._agent = value;
  }
  public resetAgent() {
    this._agent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentInput() {
    return this._agent;
  }

  // host - computed: false, optional: false, required: true
  private _host?: string;
  public get host() {
    return this.getStringAttribute('host');
  }
  public set host(value: string) {
    this._host = value;
  }
  // Temporarily expose input value. Use with caution.
  public get hostInput() {
    return this._host;
  }

  // host_key - computed: false, optional: true, required: false
  private _hostKey?: string;
  public get hostKey() {
    return this.getStringAttribute('host_key');
  }
  public set hostKey(value: string) {
    this._hostKey = value;
  }
  public resetHostKey() {
    this._hostKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostKeyInput() {
    return this._hostKey;
  }

  // known_hosts_file - computed: false, optional: true, required: false
  private _knownHostsFile?: string;
  public get knownHostsFile() {
    return this.getStringAttribute('known_hosts_file');
  }
  public set knownHostsFile(value: string) {
    this._knownHostsFile = value;
  }
  public resetKnownHostsFile() {
    this._knownHostsFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get knownHostsFileInput() {
    return this._knownHostsFile;
  }

  // port - computed: true, optional: true, required: false
  private _port?: number;
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // private_key - computed: false, optional: true, required: false
  private _privateKey?: string;
  public get privateKey() {
    return this.getStringAttribute('private_key');
  }
  public set privateKey(value: string) {
    this._privateKey = value;
  }
  public resetPrivateKey() {
    this._privateKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyInput() {
    return this._privateKey;
  }

  // private_key_file - computed: false, optional: true, required: false
  private _privateKeyFile?: string;
  public get privateKeyFile() {
    return this.getStringAttribute('private_key_file');
  }
  public set privateKeyFile(value: string) {
    this._privateKeyFile = value;
  }
  public resetPrivateKeyFile() {
    this._privateKeyFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyFileInput() {
    return this._privateKeyFile;
  }

  // user - computed: true, optional: true, required: false
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
export interface NodeDockerSsh {
  /**
  * Log in with the keys of ssh-agent (SSH_AUTH_SOCK); so it is where no key is set.
  */
  readonly agent?: boolean | cdktf.IResolvable;
  /**
  * The server's public key (`ssh-ed25519 AAAA...`, as ssh-keyscan shows it) or its fingerprint (`SHA256:...`).
  */
  readonly hostKey?: string;
  /**
  * An SSH server the machine is reached through. Without a key: the same key.
  */
  readonly jump?: NodeDockerSshJump;
  /**
  * Where the server's key is looked for when host_key is not set. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.
  */
  readonly knownHostsFile?: string;
  /**
  * Text of a private key, OpenSSH or PEM. It is kept in the state.
  */
  readonly privateKey?: string;
  /**
  * A private key on the machine Terraform runs on.
  */
  readonly privateKeyFile?: string;
  /**
  * The engine's socket is reached by `sudo -n`.
  */
  readonly sudo?: boolean | cdktf.IResolvable;
}

export function nodeDockerSshToTerraform(struct?: NodeDockerSsh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    agent: cdktf.booleanToTerraform(struct!.agent),
    host_key: cdktf.stringToTerraform(struct!.hostKey),
    jump: nodeDockerSshJumpToTerraform(struct!.jump),
    known_hosts_file: cdktf.stringToTerraform(struct!.knownHostsFile),
    private_key: cdktf.stringToTerraform(struct!.privateKey),
    private_key_file: cdktf.stringToTerraform(struct!.privateKeyFile),
    sudo: cdktf.booleanToTerraform(struct!.sudo),
  }
}


export function nodeDockerSshToHclTerraform(struct?: NodeDockerSsh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    agent: {
      value: cdktf.booleanToHclTerraform(struct!.agent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    host_key: {
      value: cdktf.stringToHclTerraform(struct!.hostKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    jump: {
      value: nodeDockerSshJumpToHclTerraform(struct!.jump),
      isBlock: true,
      type: "struct",
      storageClassType: "NodeDockerSshJump",
    },
    known_hosts_file: {
      value: cdktf.stringToHclTerraform(struct!.knownHostsFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    private_key: {
      value: cdktf.stringToHclTerraform(struct!.privateKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    private_key_file: {
      value: cdktf.stringToHclTerraform(struct!.privateKeyFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sudo: {
      value: cdktf.booleanToHclTerraform(struct!.sudo),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class NodeDockerSshOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeDockerSsh | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._agent !== undefined) {
      hasAnyValues = true;
      internalValueResult.agent = this._agent;
    }
    if (this._hostKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostKey = this._hostKey;
    }
    if (this._jump?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.jump = this._jump?.internalValue;
    }
    if (this._knownHostsFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.knownHostsFile = this._knownHostsFile;
    }
    if (this._privateKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKey = this._privateKey;
    }
    if (this._privateKeyFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKeyFile = this._privateKeyFile;
    }
    if (this._sudo !== undefined) {
      hasAnyValues = true;
      internalValueResult.sudo = this._sudo;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeDockerSsh | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._agent = undefined;
      this._hostKey = undefined;
      this._jump.internalValue = undefined;
      this._knownHostsFile = undefined;
      this._privateKey = undefined;
      this._privateKeyFile = undefined;
      this._sudo = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._agent = value.agent;
      this._hostKey = value.hostKey;
      this._jump.internalValue = value.jump;
      this._knownHostsFile = value.knownHostsFile;
      this._privateKey = value.privateKey;
      this._privateKeyFile = value.privateKeyFile;
      this._sudo = value.sudo;
    }
  }

  // agent - computed: false, optional: true, required: false
  private _agent?: boolean | cdktf.IResolvable;
  public get agent() {
    return this.getBooleanAttribute('agent');
  }
  public set agent(value: boolean | cdktf.IResolvable) {
    this._agent = value;
  }
  public resetAgent() {
    this._agent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentInput() {
    return this._agent;
  }

  // host_key - computed: false, optional: true, required: false
  private _hostKey?: string;
  public get hostKey() {
    return this.getStringAttribute('host_key');
  }
  public set hostKey(value: string) {
    this._hostKey = value;
  }
  public resetHostKey() {
    this._hostKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostKeyInput() {
    return this._hostKey;
  }

  // jump - computed: false, optional: true, required: false
  private _jump = new NodeDockerSshJumpOutputReference(this, "jump");
  public get jump() {
    return this._jump;
  }
  public putJump(value: NodeDockerSshJump) {
    this._jump.internalValue = value;
  }
  public resetJump() {
    this._jump.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get jumpInput() {
    return this._jump.internalValue;
  }

  // known_hosts_file - computed: false, optional: true, required: false
  private _knownHostsFile?: string;
  public get knownHostsFile() {
    return this.getStringAttribute('known_hosts_file');
  }
  public set knownHostsFile(value: string) {
    this._knownHostsFile = value;
  }
  public resetKnownHostsFile() {
    this._knownHostsFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get knownHostsFileInput() {
    return this._knownHostsFile;
  }

  // private_key - computed: false, optional: true, required: false
  private _privateKey?: string;
  public get privateKey() {
    return this.getStringAttribute('private_key');
  }
  public set privateKey(value: string) {
    this._privateKey = value;
  }
  public resetPrivateKey() {
    this._privateKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyInput() {
    return this._privateKey;
  }

  // private_key_file - computed: false, optional: true, required: false
  private _privateKeyFile?: string;
  public get privateKeyFile() {
    return this.getStringAttribute('private_key_file');
  }
  public set privateKeyFile(value: string) {
    this._privateKeyFile = value;
  }
  public resetPrivateKeyFile() {
    this._privateKeyFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyFileInput() {
    return this._privateKeyFile;
  }

  // sudo - computed: false, optional: true, required: false
  private _sudo?: boolean | cdktf.IResolvable;
  public get sudo() {
    return this.getBooleanAttribute('sudo');
  }
  public set sudo(value: boolean | cdktf.IResolvable) {
    this._sudo = value;
  }
  public resetSudo() {
    this._sudo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sudoInput() {
    return this._sudo;
  }
}
export interface NodeDocker {
  /**
  * Authority of the engine's certificate. Default: those of the system.
  */
  readonly ca?: string;
  readonly caFile?: string;
  /**
  * Certificate shown to the engine.
  */
  readonly cert?: string;
  readonly certFile?: string;
  /**
  * Limit of the container, agent and tasks together; changed in place. The node offers as much unless `resources` says otherwise. Default: none.
  */
  readonly cpus?: number;
  /**
  * The engine that runs the node's container. TCP is TLS, but for loopback addresses without `ca`, `cert` and `key`. Another engine: the node is removed and installed there.
  */
  readonly host?: string;
  /**
  * Image of the node's container. A change makes the container anew over the same volume; the node's tasks are started again.
  */
  readonly image?: string;
  /**
  * Images for tasks that are copied from this engine to the node's own, whenever the node is created or updated and has another content or none.
  */
  readonly images?: string[];
  /**
  * Its private key. It is stored in the state; `key_file` is not.
  */
  readonly key?: string;
  readonly keyFile?: string;
  /**
  * Limit of the container, agent and tasks together; changed in place. The node offers it less 384 (at most half) unless `resources` says otherwise. Default: none.
  */
  readonly memoryMib?: number;
  /**
  * How to log in where `host` is `ssh://USER@HOST:PORT`. Default: ssh-agent.
  */
  readonly ssh?: NodeDockerSsh;
  /**
  * Of the Docker network that the cluster's nodes share on this engine, made with the first of them. Default: the /24 of the node's address.
  */
  readonly subnet?: string;
}

export function nodeDockerToTerraform(struct?: NodeDocker | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    ca: cdktf.stringToTerraform(struct!.ca),
    ca_file: cdktf.stringToTerraform(struct!.caFile),
    cert: cdktf.stringToTerraform(struct!.cert),
    cert_file: cdktf.stringToTerraform(struct!.certFile),
    cpus: cdktf.numberToTerraform(struct!.cpus),
    host: cdktf.stringToTerraform(struct!.host),
    image: cdktf.stringToTerraform(struct!.image),
    images: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.images),
    key: cdktf.stringToTerraform(struct!.key),
    key_file: cdktf.stringToTerraform(struct!.keyFile),
    memory_mib: cdktf.numberToTerraform(struct!.memoryMib),
    ssh: nodeDockerSshToTerraform(struct!.ssh),
    subnet: cdktf.stringToTerraform(struct!.subnet),
  }
}


export function nodeDockerToHclTerraform(struct?: NodeDocker | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    ca: {
      value: cdktf.stringToHclTerraform(struct!.ca),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    ca_file: {
      value: cdktf.stringToHclTerraform(struct!.caFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    cert: {
      value: cdktf.stringToHclTerraform(struct!.cert),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    cert_file: {
      value: cdktf.stringToHclTerraform(struct!.certFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    cpus: {
      value: cdktf.numberToHclTerraform(struct!.cpus),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    image: {
      value: cdktf.stringToHclTerraform(struct!.image),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    images: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.images),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    key: {
      value: cdktf.stringToHclTerraform(struct!.key),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    key_file: {
      value: cdktf.stringToHclTerraform(struct!.keyFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    memory_mib: {
      value: cdktf.numberToHclTerraform(struct!.memoryMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    ssh: {
      value: nodeDockerSshToHclTerraform(struct!.ssh),
      isBlock: true,
      type: "struct",
      storageClassType: "NodeDockerSsh",
    },
    subnet: {
      value: cdktf.stringToHclTerraform(struct!.subnet),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class NodeDockerOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeDocker | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._ca !== undefined) {
      hasAnyValues = true;
      internalValueResult.ca = this._ca;
    }
    if (this._caFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.caFile = this._caFile;
    }
    if (this._cert !== undefined) {
      hasAnyValues = true;
      internalValueResult.cert = this._cert;
    }
    if (this._certFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.certFile = this._certFile;
    }
    if (this._cpus !== undefined) {
      hasAnyValues = true;
      internalValueResult.cpus = this._cpus;
    }
    if (this._host !== undefined) {
      hasAnyValues = true;
      internalValueResult.host = this._host;
    }
    if (this._image !== undefined) {
      hasAnyValues = true;
      internalValueResult.image = this._image;
    }
    if (this._images !== undefined) {
      hasAnyValues = true;
      internalValueResult.images = this._images;
    }
    if (this._key !== undefined) {
      hasAnyValues = true;
      internalValueResult.key = this._key;
    }
    if (this._keyFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.keyFile = this._keyFile;
    }
    if (this._memoryMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.memoryMib = this._memoryMib;
    }
    if (this._ssh?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.ssh = this._ssh?.internalValue;
    }
    if (this._subnet !== undefined) {
      hasAnyValues = true;
      internalValueResult.subnet = this._subnet;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeDocker | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._ca = undefined;
      this._caFile = undefined;
      this._cert = undefined;
      this._certFile = undefined;
      this._cpus = undefined;
      this._host = undefined;
      this._image = undefined;
      this._images = undefined;
      this._key = undefined;
      this._keyFile = undefined;
      this._memoryMib = undefined;
      this._ssh.internalValue = undefined;
      this._subnet = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._ca = value.ca;
      this._caFile = value.caFile;
      this._cert = value.cert;
      this._certFile = value.certFile;
      this._cpus = value.cpus;
      this._host = value.host;
      this._image = value.image;
      this._images = value.images;
      this._key = value.key;
      this._keyFile = value.keyFile;
      this._memoryMib = value.memoryMib;
      this._ssh.internalValue = value.ssh;
      this._subnet = value.subnet;
    }
  }

  // ca - computed: false, optional: true, required: false
  private _ca?: string;
  public get ca() {
    return this.getStringAttribute('ca');
  }
  public set ca(value: string) {
    this._ca = value;
  }
  public resetCa() {
    this._ca = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caInput() {
    return this._ca;
  }

  // ca_file - computed: false, optional: true, required: false
  private _caFile?: string;
  public get caFile() {
    return this.getStringAttribute('ca_file');
  }
  public set caFile(value: string) {
    this._caFile = value;
  }
  public resetCaFile() {
    this._caFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caFileInput() {
    return this._caFile;
  }

  // cert - computed: false, optional: true, required: false
  private _cert?: string;
  public get cert() {
    return this.getStringAttribute('cert');
  }
  public set cert(value: string) {
    this._cert = value;
  }
  public resetCert() {
    this._cert = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get certInput() {
    return this._cert;
  }

  // cert_file - computed: false, optional: true, required: false
  private _certFile?: string;
  public get certFile() {
    return this.getStringAttribute('cert_file');
  }
  public set certFile(value: string) {
    this._certFile = value;
  }
  public resetCertFile() {
    this._certFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get certFileInput() {
    return this._certFile;
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

  // host - computed: true, optional: true, required: false
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

  // images - computed: false, optional: true, required: false
  private _images?: string[];
  public get images() {
    return this.getListAttribute('images');
  }
  public set images(value: string[]) {
    this._images = value;
  }
  public resetImages() {
    this._images = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get imagesInput() {
    return this._images;
  }

  // key - computed: false, optional: true, required: false
  private _key?: string;
  public get key() {
    return this.getStringAttribute('key');
  }
  public set key(value: string) {
    this._key = value;
  }
  public resetKey() {
    this._key = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keyInput() {
    return this._key;
  }

  // key_file - computed: false, optional: true, required: false
  private _keyFile?: string;
  public get keyFile() {
    return this.getStringAttribute('key_file');
  }
  public set keyFile(value: string) {
    this._keyFile = value;
  }
  public resetKeyFile() {
    this._keyFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keyFileInput() {
    return this._keyFile;
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

  // ssh - computed: false, optional: true, required: false
  private _ssh = new NodeDockerSshOutputReference(this, "ssh");
  public get ssh() {
    return this._ssh;
  }
  public putSsh(value: NodeDockerSsh) {
    this._ssh.internalValue = value;
  }
  public resetSsh() {
    this._ssh.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sshInput() {
    return this._ssh.internalValue;
  }

  // subnet - computed: false, optional: true, required: false
  private _subnet?: string;
  public get subnet() {
    return this.getStringAttribute('subnet');
  }
  public set subnet(value: string) {
    this._subnet = value;
  }
  public resetSubnet() {
    this._subnet = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get subnetInput() {
    return this._subnet;
  }
}
export interface NodeLocal {
}

export function nodeLocalToTerraform(struct?: NodeLocal | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function nodeLocalToHclTerraform(struct?: NodeLocal | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class NodeLocalOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeLocal | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeLocal | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
    }
  }
}
export interface NodeResources {
  /**
  * Processors for tasks.
  */
  readonly cpus?: number;
  /**
  * Disk space for tasks.
  */
  readonly diskMib?: number;
  /**
  * Memory for tasks.
  */
  readonly memoryMib?: number;
  /**
  * Host ports for tasks, such as "31000-32000".
  */
  readonly ports?: string;
}

export function nodeResourcesToTerraform(struct?: NodeResources | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    cpus: cdktf.numberToTerraform(struct!.cpus),
    disk_mib: cdktf.numberToTerraform(struct!.diskMib),
    memory_mib: cdktf.numberToTerraform(struct!.memoryMib),
    ports: cdktf.stringToTerraform(struct!.ports),
  }
}


export function nodeResourcesToHclTerraform(struct?: NodeResources | cdktf.IResolvable): any {
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
    memory_mib: {
      value: cdktf.numberToHclTerraform(struct!.memoryMib),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    ports: {
      value: cdktf.stringToHclTerraform(struct!.ports),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class NodeResourcesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeResources | cdktf.IResolvable | undefined {
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
    if (this._memoryMib !== undefined) {
      hasAnyValues = true;
      internalValueResult.memoryMib = this._memoryMib;
    }
    if (this._ports !== undefined) {
      hasAnyValues = true;
      internalValueResult.ports = this._ports;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeResources | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._cpus = undefined;
      this._diskMib = undefined;
      this._memoryMib = undefined;
      this._ports = undefined;
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
      this._memoryMib = value.memoryMib;
      this._ports = value.ports;
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

  // ports - computed: false, optional: true, required: false
  private _ports?: string;
  public get ports() {
    return this.getStringAttribute('ports');
  }
  public set ports(value: string) {
    this._ports = value;
  }
  public resetPorts() {
    this._ports = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portsInput() {
    return this._ports;
  }
}
export interface NodeSshJump {
  /**
  * Log in with the keys of ssh-agent (SSH_AUTH_SOCK); so it is where no key is set.
  */
  readonly agent?: boolean | cdktf.IResolvable;
  /**
  * Name or address of the machine's SSH server.
  */
  readonly host: string;
  /**
  * The server's public key (`ssh-ed25519 AAAA...`, as ssh-keyscan shows it) or its fingerprint (`SHA256:...`).
  */
  readonly hostKey?: string;
  /**
  * Where the server's key is looked for when host_key is not set. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.
  */
  readonly knownHostsFile?: string;
  readonly port?: number;
  /**
  * Text of a private key, OpenSSH or PEM. It is kept in the state.
  */
  readonly privateKey?: string;
  /**
  * A private key on the machine Terraform runs on.
  */
  readonly privateKeyFile?: string;
  readonly user?: string;
}

export function nodeSshJumpToTerraform(struct?: NodeSshJump | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    agent: cdktf.booleanToTerraform(struct!.agent),
    host: cdktf.stringToTerraform(struct!.host),
    host_key: cdktf.stringToTerraform(struct!.hostKey),
    known_hosts_file: cdktf.stringToTerraform(struct!.knownHostsFile),
    port: cdktf.numberToTerraform(struct!.port),
    private_key: cdktf.stringToTerraform(struct!.privateKey),
    private_key_file: cdktf.stringToTerraform(struct!.privateKeyFile),
    user: cdktf.stringToTerraform(struct!.user),
  }
}


export function nodeSshJumpToHclTerraform(struct?: NodeSshJump | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    agent: {
      value: cdktf.booleanToHclTerraform(struct!.agent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    host_key: {
      value: cdktf.stringToHclTerraform(struct!.hostKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    known_hosts_file: {
      value: cdktf.stringToHclTerraform(struct!.knownHostsFile),
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
    private_key: {
      value: cdktf.stringToHclTerraform(struct!.privateKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    private_key_file: {
      value: cdktf.stringToHclTerraform(struct!.privateKeyFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
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

export class NodeSshJumpOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeSshJump | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._agent !== undefined) {
      hasAnyValues = true;
      internalValueResult.agent = this._agent;
    }
    if (this._host !== undefined) {
      hasAnyValues = true;
      internalValueResult.host = this._host;
    }
    if (this._hostKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostKey = this._hostKey;
    }
    if (this._knownHostsFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.knownHostsFile = this._knownHostsFile;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._privateKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKey = this._privateKey;
    }
    if (this._privateKeyFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKeyFile = this._privateKeyFile;
    }
    if (this._user !== undefined) {
      hasAnyValues = true;
      internalValueResult.user = this._user;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeSshJump | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._agent = undefined;
      this._host = undefined;
      this._hostKey = undefined;
      this._knownHostsFile = undefined;
      this._port = undefined;
      this._privateKey = undefined;
      this._privateKeyFile = undefined;
      this._user = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._agent = value.agent;
      this._host = value.host;
      this._hostKey = value.hostKey;
      this._knownHostsFile = value.knownHostsFile;
      this._port = value.port;
      this._privateKey = value.privateKey;
      this._privateKeyFile = value.privateKeyFile;
      this._user = value.user;
    }
  }

  // agent - computed: false, optional: true, required: false
  private _agent?: boolean | cdktf.IResolvable;
  public get agent() {
    return this.getBooleanAttribute('agent');
  }
  public set agent(value: boolean | cdktf.IResolvable) {
    this._agent = value;
  }
  public resetAgent() {
    this._agent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentInput() {
    return this._agent;
  }

  // host - computed: false, optional: false, required: true
  private _host?: string;
  public get host() {
    return this.getStringAttribute('host');
  }
  public set host(value: string) {
    this._host = value;
  }
  // Temporarily expose input value. Use with caution.
  public get hostInput() {
    return this._host;
  }

  // host_key - computed: false, optional: true, required: false
  private _hostKey?: string;
  public get hostKey() {
    return this.getStringAttribute('host_key');
  }
  public set hostKey(value: string) {
    this._hostKey = value;
  }
  public resetHostKey() {
    this._hostKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostKeyInput() {
    return this._hostKey;
  }

  // known_hosts_file - computed: false, optional: true, required: false
  private _knownHostsFile?: string;
  public get knownHostsFile() {
    return this.getStringAttribute('known_hosts_file');
  }
  public set knownHostsFile(value: string) {
    this._knownHostsFile = value;
  }
  public resetKnownHostsFile() {
    this._knownHostsFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get knownHostsFileInput() {
    return this._knownHostsFile;
  }

  // port - computed: true, optional: true, required: false
  private _port?: number;
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // private_key - computed: false, optional: true, required: false
  private _privateKey?: string;
  public get privateKey() {
    return this.getStringAttribute('private_key');
  }
  public set privateKey(value: string) {
    this._privateKey = value;
  }
  public resetPrivateKey() {
    this._privateKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyInput() {
    return this._privateKey;
  }

  // private_key_file - computed: false, optional: true, required: false
  private _privateKeyFile?: string;
  public get privateKeyFile() {
    return this.getStringAttribute('private_key_file');
  }
  public set privateKeyFile(value: string) {
    this._privateKeyFile = value;
  }
  public resetPrivateKeyFile() {
    this._privateKeyFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyFileInput() {
    return this._privateKeyFile;
  }

  // user - computed: true, optional: true, required: false
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
export interface NodeSsh {
  /**
  * Log in with the keys of ssh-agent (SSH_AUTH_SOCK); so it is where no key is set.
  */
  readonly agent?: boolean | cdktf.IResolvable;
  /**
  * Name or address of the machine's SSH server.
  */
  readonly host: string;
  /**
  * The server's public key (`ssh-ed25519 AAAA...`, as ssh-keyscan shows it) or its fingerprint (`SHA256:...`).
  */
  readonly hostKey?: string;
  /**
  * An SSH server the machine is reached through. Without a key: the same key.
  */
  readonly jump?: NodeSshJump;
  /**
  * Where the server's key is looked for when host_key is not set. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.
  */
  readonly knownHostsFile?: string;
  readonly port?: number;
  /**
  * Text of a private key, OpenSSH or PEM. It is kept in the state.
  */
  readonly privateKey?: string;
  /**
  * A private key on the machine Terraform runs on.
  */
  readonly privateKeyFile?: string;
  /**
  * Run everything by `sudo -n`; the user must be allowed to without a password.
  */
  readonly sudo?: boolean | cdktf.IResolvable;
  readonly user?: string;
}

export function nodeSshToTerraform(struct?: NodeSsh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    agent: cdktf.booleanToTerraform(struct!.agent),
    host: cdktf.stringToTerraform(struct!.host),
    host_key: cdktf.stringToTerraform(struct!.hostKey),
    jump: nodeSshJumpToTerraform(struct!.jump),
    known_hosts_file: cdktf.stringToTerraform(struct!.knownHostsFile),
    port: cdktf.numberToTerraform(struct!.port),
    private_key: cdktf.stringToTerraform(struct!.privateKey),
    private_key_file: cdktf.stringToTerraform(struct!.privateKeyFile),
    sudo: cdktf.booleanToTerraform(struct!.sudo),
    user: cdktf.stringToTerraform(struct!.user),
  }
}


export function nodeSshToHclTerraform(struct?: NodeSsh | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    agent: {
      value: cdktf.booleanToHclTerraform(struct!.agent),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    host_key: {
      value: cdktf.stringToHclTerraform(struct!.hostKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    jump: {
      value: nodeSshJumpToHclTerraform(struct!.jump),
      isBlock: true,
      type: "struct",
      storageClassType: "NodeSshJump",
    },
    known_hosts_file: {
      value: cdktf.stringToHclTerraform(struct!.knownHostsFile),
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
    private_key: {
      value: cdktf.stringToHclTerraform(struct!.privateKey),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    private_key_file: {
      value: cdktf.stringToHclTerraform(struct!.privateKeyFile),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sudo: {
      value: cdktf.booleanToHclTerraform(struct!.sudo),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
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

export class NodeSshOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeSsh | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._agent !== undefined) {
      hasAnyValues = true;
      internalValueResult.agent = this._agent;
    }
    if (this._host !== undefined) {
      hasAnyValues = true;
      internalValueResult.host = this._host;
    }
    if (this._hostKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.hostKey = this._hostKey;
    }
    if (this._jump?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.jump = this._jump?.internalValue;
    }
    if (this._knownHostsFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.knownHostsFile = this._knownHostsFile;
    }
    if (this._port !== undefined) {
      hasAnyValues = true;
      internalValueResult.port = this._port;
    }
    if (this._privateKey !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKey = this._privateKey;
    }
    if (this._privateKeyFile !== undefined) {
      hasAnyValues = true;
      internalValueResult.privateKeyFile = this._privateKeyFile;
    }
    if (this._sudo !== undefined) {
      hasAnyValues = true;
      internalValueResult.sudo = this._sudo;
    }
    if (this._user !== undefined) {
      hasAnyValues = true;
      internalValueResult.user = this._user;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: NodeSsh | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._agent = undefined;
      this._host = undefined;
      this._hostKey = undefined;
      this._jump.internalValue = undefined;
      this._knownHostsFile = undefined;
      this._port = undefined;
      this._privateKey = undefined;
      this._privateKeyFile = undefined;
      this._sudo = undefined;
      this._user = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._agent = value.agent;
      this._host = value.host;
      this._hostKey = value.hostKey;
      this._jump.internalValue = value.jump;
      this._knownHostsFile = value.knownHostsFile;
      this._port = value.port;
      this._privateKey = value.privateKey;
      this._privateKeyFile = value.privateKeyFile;
      this._sudo = value.sudo;
      this._user = value.user;
    }
  }

  // agent - computed: false, optional: true, required: false
  private _agent?: boolean | cdktf.IResolvable;
  public get agent() {
    return this.getBooleanAttribute('agent');
  }
  public set agent(value: boolean | cdktf.IResolvable) {
    this._agent = value;
  }
  public resetAgent() {
    this._agent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get agentInput() {
    return this._agent;
  }

  // host - computed: false, optional: false, required: true
  private _host?: string;
  public get host() {
    return this.getStringAttribute('host');
  }
  public set host(value: string) {
    this._host = value;
  }
  // Temporarily expose input value. Use with caution.
  public get hostInput() {
    return this._host;
  }

  // host_key - computed: false, optional: true, required: false
  private _hostKey?: string;
  public get hostKey() {
    return this.getStringAttribute('host_key');
  }
  public set hostKey(value: string) {
    this._hostKey = value;
  }
  public resetHostKey() {
    this._hostKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hostKeyInput() {
    return this._hostKey;
  }

  // jump - computed: false, optional: true, required: false
  private _jump = new NodeSshJumpOutputReference(this, "jump");
  public get jump() {
    return this._jump;
  }
  public putJump(value: NodeSshJump) {
    this._jump.internalValue = value;
  }
  public resetJump() {
    this._jump.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get jumpInput() {
    return this._jump.internalValue;
  }

  // known_hosts_file - computed: false, optional: true, required: false
  private _knownHostsFile?: string;
  public get knownHostsFile() {
    return this.getStringAttribute('known_hosts_file');
  }
  public set knownHostsFile(value: string) {
    this._knownHostsFile = value;
  }
  public resetKnownHostsFile() {
    this._knownHostsFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get knownHostsFileInput() {
    return this._knownHostsFile;
  }

  // port - computed: true, optional: true, required: false
  private _port?: number;
  public get port() {
    return this.getNumberAttribute('port');
  }
  public set port(value: number) {
    this._port = value;
  }
  public resetPort() {
    this._port = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get portInput() {
    return this._port;
  }

  // private_key - computed: false, optional: true, required: false
  private _privateKey?: string;
  public get privateKey() {
    return this.getStringAttribute('private_key');
  }
  public set privateKey(value: string) {
    this._privateKey = value;
  }
  public resetPrivateKey() {
    this._privateKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyInput() {
    return this._privateKey;
  }

  // private_key_file - computed: false, optional: true, required: false
  private _privateKeyFile?: string;
  public get privateKeyFile() {
    return this.getStringAttribute('private_key_file');
  }
  public set privateKeyFile(value: string) {
    this._privateKeyFile = value;
  }
  public resetPrivateKeyFile() {
    this._privateKeyFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get privateKeyFileInput() {
    return this._privateKeyFile;
  }

  // sudo - computed: false, optional: true, required: false
  private _sudo?: boolean | cdktf.IResolvable;
  public get sudo() {
    return this.getBooleanAttribute('sudo');
  }
  public set sudo(value: boolean | cdktf.IResolvable) {
    this._sudo = value;
  }
  public resetSudo() {
    this._sudo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sudoInput() {
    return this._sudo;
  }

  // user - computed: true, optional: true, required: false
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
export interface NodeTimeouts {
  /**
  * How long create may take, such as "90s" or "5m". Default "2m".
  */
  readonly create?: string;
  /**
  * How long delete may take, such as "90s" or "5m". Default "2m".
  */
  readonly delete?: string;
  /**
  * How long update may take, such as "90s" or "5m". Default "2m".
  */
  readonly update?: string;
}

export function nodeTimeoutsToTerraform(struct?: NodeTimeouts | cdktf.IResolvable): any {
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


export function nodeTimeoutsToHclTerraform(struct?: NodeTimeouts | cdktf.IResolvable): any {
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

export class NodeTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): NodeTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: NodeTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a covey_node
*/
export class Node extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "covey_node";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Node resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Node to import
  * @param importFromId The id of the existing Node that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Node to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "covey_node", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new covey_node Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options NodeConfig
  */
  public constructor(scope: Construct, id: string, config: NodeConfig) {
    super(scope, id, {
      terraformResourceType: 'covey_node',
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
    this._attributes = config.attributes;
    this._cluster = config.cluster;
    this._consulBinary = config.consulBinary;
    this._dataDir = config.dataDir;
    this._docker.internalValue = config.docker;
    this._dockerSocket = config.dockerSocket;
    this._local.internalValue = config.local;
    this._name = config.name;
    this._resources.internalValue = config.resources;
    this._runtime = config.runtime;
    this._ssh.internalValue = config.ssh;
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

  // agent_hash - computed: true, optional: false, required: false
  public get agentHash() {
    return this.getStringAttribute('agent_hash');
  }

  // api - computed: true, optional: false, required: false
  public get api() {
    return this.getStringAttribute('api');
  }

  // attributes - computed: false, optional: true, required: false
  private _attributes?: { [key: string]: string };
  public get attributes() {
    return this.getStringMapAttribute('attributes');
  }
  public set attributes(value: { [key: string]: string }) {
    this._attributes = value;
  }
  public resetAttributes() {
    this._attributes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get attributesInput() {
    return this._attributes;
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

  // config_hash - computed: true, optional: false, required: false
  public get configHash() {
    return this.getStringAttribute('config_hash');
  }

  // consul_binary - computed: false, optional: true, required: false
  private _consulBinary?: string;
  public get consulBinary() {
    return this.getStringAttribute('consul_binary');
  }
  public set consulBinary(value: string) {
    this._consulBinary = value;
  }
  public resetConsulBinary() {
    this._consulBinary = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get consulBinaryInput() {
    return this._consulBinary;
  }

  // data_dir - computed: true, optional: true, required: false
  private _dataDir?: string;
  public get dataDir() {
    return this.getStringAttribute('data_dir');
  }
  public set dataDir(value: string) {
    this._dataDir = value;
  }
  public resetDataDir() {
    this._dataDir = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dataDirInput() {
    return this._dataDir;
  }

  // docker - computed: false, optional: true, required: false
  private _docker = new NodeDockerOutputReference(this, "docker");
  public get docker() {
    return this._docker;
  }
  public putDocker(value: NodeDocker) {
    this._docker.internalValue = value;
  }
  public resetDocker() {
    this._docker.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dockerInput() {
    return this._docker.internalValue;
  }

  // docker_socket - computed: true, optional: true, required: false
  private _dockerSocket?: string;
  public get dockerSocket() {
    return this.getStringAttribute('docker_socket');
  }
  public set dockerSocket(value: string) {
    this._dockerSocket = value;
  }
  public resetDockerSocket() {
    this._dockerSocket = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get dockerSocketInput() {
    return this._dockerSocket;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // local - computed: false, optional: true, required: false
  private _local = new NodeLocalOutputReference(this, "local");
  public get local() {
    return this._local;
  }
  public putLocal(value: NodeLocal) {
    this._local.internalValue = value;
  }
  public resetLocal() {
    this._local.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get localInput() {
    return this._local.internalValue;
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

  // resources - computed: false, optional: true, required: false
  private _resources = new NodeResourcesOutputReference(this, "resources");
  public get resources() {
    return this._resources;
  }
  public putResources(value: NodeResources) {
    this._resources.internalValue = value;
  }
  public resetResources() {
    this._resources.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get resourcesInput() {
    return this._resources.internalValue;
  }

  // runtime - computed: false, optional: true, required: false
  private _runtime?: string;
  public get runtime() {
    return this.getStringAttribute('runtime');
  }
  public set runtime(value: string) {
    this._runtime = value;
  }
  public resetRuntime() {
    this._runtime = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get runtimeInput() {
    return this._runtime;
  }

  // runtime_hash - computed: true, optional: false, required: false
  public get runtimeHash() {
    return this.getStringAttribute('runtime_hash');
  }

  // ssh - computed: false, optional: true, required: false
  private _ssh = new NodeSshOutputReference(this, "ssh");
  public get ssh() {
    return this._ssh;
  }
  public putSsh(value: NodeSsh) {
    this._ssh.internalValue = value;
  }
  public resetSsh() {
    this._ssh.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get sshInput() {
    return this._ssh.internalValue;
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new NodeTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: NodeTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      address: cdktf.stringToTerraform(this._address),
      attributes: cdktf.hashMapper(cdktf.stringToTerraform)(this._attributes),
      cluster: cdktf.stringToTerraform(this._cluster),
      consul_binary: cdktf.stringToTerraform(this._consulBinary),
      data_dir: cdktf.stringToTerraform(this._dataDir),
      docker: nodeDockerToTerraform(this._docker.internalValue),
      docker_socket: cdktf.stringToTerraform(this._dockerSocket),
      local: nodeLocalToTerraform(this._local.internalValue),
      name: cdktf.stringToTerraform(this._name),
      resources: nodeResourcesToTerraform(this._resources.internalValue),
      runtime: cdktf.stringToTerraform(this._runtime),
      ssh: nodeSshToTerraform(this._ssh.internalValue),
      timeouts: nodeTimeoutsToTerraform(this._timeouts.internalValue),
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
      attributes: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._attributes),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      cluster: {
        value: cdktf.stringToHclTerraform(this._cluster),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      consul_binary: {
        value: cdktf.stringToHclTerraform(this._consulBinary),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      data_dir: {
        value: cdktf.stringToHclTerraform(this._dataDir),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      docker: {
        value: nodeDockerToHclTerraform(this._docker.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "NodeDocker",
      },
      docker_socket: {
        value: cdktf.stringToHclTerraform(this._dockerSocket),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      local: {
        value: nodeLocalToHclTerraform(this._local.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "NodeLocal",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      resources: {
        value: nodeResourcesToHclTerraform(this._resources.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "NodeResources",
      },
      runtime: {
        value: cdktf.stringToHclTerraform(this._runtime),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ssh: {
        value: nodeSshToHclTerraform(this._ssh.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "NodeSsh",
      },
      timeouts: {
        value: nodeTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "NodeTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
