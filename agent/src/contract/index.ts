/** What agent, CLI and provider say to each other: the API's types, schemas and limits. */
export { agentConfigSchema } from "./agent-config";
export type { AgentConfig, RawAgentConfig } from "./agent-config";
export { ApiClient } from "./client/api-client";
export type { ApiClientOptions, CallOptions } from "./client/api-client";
export { ApiError, explainFault, isMissing, UnreachableError } from "./client/errors";
export type { FailedAttempt } from "./client/errors";
export type { Exchange, ExchangeAnswer, ExchangeRequest } from "./client/exchange";
export { containerSchema } from "./container";
export { containerLimits, containerPatterns, stopSignals, ulimitNames } from "./container-limits";
export { roleSchema, toRoleTerms } from "./frameworks";
export { roleProblem } from "../model/role";
export type { FrameworkView, RoleInput, RoleView } from "./frameworks";
export { defaultPorts, limits } from "./limits";
export { drainSchema, transferSchema, votersSchema } from "./node";
export { digestedText, secretPurpose } from "./secret-digest";
export { provisionLimits, secretName } from "./provision-limits";
export type { Problem, ProblemCode } from "./problem";
export { nameSchema, serviceSchema, toServiceSpec } from "./service";
export type { ServiceInput, ServicePhase, ServiceView } from "./service";
export { execControlSchema, execMessageBytesMax, execSchema, execStreams } from "./exec";
export type { ExecControl, ExecEnd, ExecInput, TerminalSize } from "./exec";
export { logsSchema, statsSchema } from "./task";
export type { LogsQuery, TaskStatsView } from "./task";
export type {
  AgentView,
  MasterTerm,
  MasterView,
  MemberView,
  NodeView,
  StatusView,
  TaskView,
  VotersView,
  VoterView,
  DryRunView,
  WhyView,
} from "./views";
