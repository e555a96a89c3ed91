import type {
  AgentView,
  MasterView,
  MasterTerm,
  MemberView,
  NodeView,
  DryRunView,
  ServiceView,
  StatusView,
  TaskView,
  VotersView,
  WhyView,
} from "../contract/index";
import type { ServiceSpec } from "../model/service";
import type { AgentFigures, Inventory, MasterFigures } from "./figures";
import type { FrameworksControl } from "./frameworks";

/** An expected refusal of an operation, for the API to turn into a problem. */
export type ControlFault =
  | "not-found"
  | "conflict"
  | "store-unavailable"
  | "deposed"
  | "recovering"
  /** It was there and will not be again. */
  | "gone"
  | "invalid";

export class ControlError extends Error {
  constructor(
    readonly fault: ControlFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ControlError";
  }
}

/** What every agent can answer of itself. */
export interface AgentControl {
  status(): StatusView;
  agent(): AgentView;
  members(): readonly MemberView[];
  figures(): AgentFigures;
  /** undefined: none is known. `self` where it is this agent. */
  master(): { readonly self: boolean; readonly view: MasterView } | undefined;
  /** Base URL of a node's API; undefined: the mesh does not know it. */
  apiOf(node: string): string | undefined;
  /** Says goodbye to the mesh and ends the process, its containers too where `stopTasks`. */
  leave(options: { readonly stopTasks: boolean }): Promise<void>;
}

/** The master's own part: nodes and what runs on them. Throws ControlError. */
interface NodesControl {
  nodes(): NodeView[];
  /** `deadlineMs` from now on: what has not moved by then is killed. */
  drain(node: string, deadlineMs: number): Promise<void>;
  undrain(node: string): Promise<void>;
  /**
   * Hands the office to a voter, named or chosen; resolves when it is the master. Throws `conflict` where none is fit, or
   * the chosen one has not taken office in time.
   */
  transfer(to: string | undefined): Promise<MasterTerm>;
  voters(): VotersView;
  /**
   * Who is to be a voter, 1, 3, 5 or 7 of them; resolves when that is stored, the voters change afterwards. Throws
   * `not-found` for a node that is not known.
   */
  setVoters(names: readonly string[]): Promise<VotersView>;
  /** The node is gone for good: forgotten, its tasks lost, its catalog entries removed. */
  forget(node: string): Promise<void>;
  /** Throws `recovering` while agents are still coming back: the list would be too short. */
  tasks(): TaskView[];
  masterFigures(): MasterFigures;
  /** Throws `recovering` as `tasks` does. */
  inventory(): Inventory;
}

/** The services framework's part. Throws ControlError. */
export interface ServicesControl {
  services(): ServiceView[];
  putService(spec: ServiceSpec): Promise<ServiceView>;
  /** Resolves when it is no longer desired; its tasks are then being killed. */
  deleteService(name: string): Promise<void>;
  why(service: string): WhyView;
  /** Where it would go. Changes nothing. Throws `recovering` while agents are still coming back. */
  dryRun(spec: ServiceSpec): DryRunView;
}

/** What only the master can do. Throws ControlError. */
export interface MasterControl extends NodesControl, ServicesControl, FrameworksControl {}

/** The door the HTTP API comes in by. `master` is undefined where this agent is not the acting master. */
export interface Control {
  readonly agent: AgentControl;
  readonly master: MasterControl | undefined;
}
