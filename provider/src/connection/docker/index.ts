/** A node's machine made of a container: of any engine that can be reached. Knows nothing of what is installed in it. */
export { defaultSubnet } from "./cluster-network";
export { ContainerConnection } from "./container-connection";
export { defaultEngine, parseEngineAddress } from "./engine-address";
export type { EngineAddress } from "./engine-address";
export type { EngineTls } from "./engine-client";
export { ensureMachine, findMachine, hasRemains, removeMachine } from "./machine";
export { describeMachine } from "./machine-description";
export type { MachineDescription } from "./machine-description";
export { defaultNodeImage } from "./machine-image";
export { machinePaths } from "./machine-names";
export { awaitMachine } from "./machine-readiness";
export type { MachineSpec } from "./machine-spec";
export { OuterEngine, statusOf } from "./outer-engine";
export { copyImages } from "./task-images";
