/** How a machine is reached, and what it takes to put a node on it and off it again. Knows nothing of Terraform. */
export {
  assertKeyPair,
  fingerprint,
  isCurrent,
  issueNodeCertificate,
  makeAuthority,
} from "./certificates";
export type { KeyPair, NodeCertificateRequest } from "./certificates";
export type { Connection } from "./connection";
export { InstallError, reasonOf } from "./install-error";
export { installFiles, needsRestart, restarted } from "./install";
export { parseSubnet } from "./ipv4";
export { LocalConnection } from "./local";
export { ensureAddress, networkName, planAddress } from "./node-network";
export type { AddressPlan, NodeName } from "./node-network";
export { nodePaths } from "./node-paths";
export type { NodePaths } from "./node-paths";
export { checkDataDirectory, checkEngine, checkPorts, findConsul } from "./preflight";
export type { NeededPort } from "./preflight";
export { findProcesses, startSupervisor, stopSupervisor, waitForEnd } from "./supervisor";
export { ShellConnection } from "./shell-connection";
export { removeRemains } from "./uninstall";
