/** How a machine is reached, and what it takes to put a node on it and off it again. Knows nothing of Terraform. */
export {
  assertKeyPair,
  fingerprint,
  isCurrent,
  issueNodeCertificate,
  makeAuthority,
} from "./certificates";
export type { BootKind } from "./boot/boot-entry";
export type { KeyPair, NodeCertificateRequest } from "./certificates";
export type { Connection } from "./connection";
export { InstallError, reasonOf } from "./install-error";
export { installFiles, restarted } from "./install";
export { parseSubnet } from "./ipv4";
export { Keeper } from "./keeper";
export { LocalConnection } from "./local";
export { Machines } from "./machines";
export type { NodeTarget } from "./machines";
export { ensureAddress, networkName, planAddress } from "./node-network";
export type { AddressPlan, NodeName } from "./node-network";
export { nodePaths, runtimeHashOf, runtimePath } from "./node-paths";
export type { NodePaths } from "./node-paths";
export { checkDataDirectory, checkEngine, checkPorts, findConsul } from "./preflight";
export type { NeededPort } from "./preflight";
export type { Operation } from "./operation";
export { ProgramHashes } from "./program-hash";
export type { Runtime } from "./runtime";
export { isSameMachine } from "./ssh/ssh-target";
export type { SshEndpoint, SshTarget } from "./ssh/ssh-target";
export { removeRemains } from "./uninstall";
