import type { AgentFigures } from "../ports/figures";
import { counter, each, gauge, type Measure } from "./measure";
import { endStates, liveStates } from "./task-states";

/** What every agent tells of itself. */
export const agentMetrics: readonly Measure<AgentFigures>[] = [
  {
    name: "covey_agent_info",
    kind: "gauge",
    labels: ["cluster", "node", "version"],
    help: "1; which agent this is is in the labels.",
    read: ({ cluster, node, version }) => [[{ cluster, node, version }, 1]],
  },
  gauge("covey_agent_attached", "1 where the master has this agent.", (all) => all.attached),
  {
    name: "covey_agent_dependency_up",
    kind: "gauge",
    labels: ["dependency"],
    help: "1 where it answered when it was last asked, at most 5 seconds before.",
    read: ({ consulAnswers, dockerAnswers }) => [
      [{ dependency: "consul" }, Number(consulAnswers)],
      [{ dependency: "docker" }, Number(dockerAnswers)],
    ],
  },
  {
    name: "covey_mesh_members",
    kind: "gauge",
    labels: ["status"],
    help: "Members of the mesh as this agent sees them, itself among them.",
    read: ({ members }) => each("status", ["alive", "suspect", "dead", "left"], members),
  },
  gauge(
    "covey_mesh_health_score",
    "How unwell this agent thinks itself (Lifeguard): 0 is well.",
    (all) => all.healthScore,
  ),
  gauge("covey_election_term", "The highest term this agent has heard of.", (all) => all.term),
  gauge("covey_election_voter", "1 where this agent is a voter.", (all) => all.voter),
  gauge("covey_election_master", "1 where this agent is the acting master.", (all) => all.acting),
  gauge(
    "covey_election_master_known",
    "1 where this agent knows of a master.",
    (all) => all.masterKnown,
  ),
  counter(
    "covey_election_master_changes_total",
    "Masters this agent has followed, the first too.",
    (all) => all.mastersFollowed,
  ),
  {
    name: "covey_worker_tasks",
    kind: "gauge",
    labels: ["state"],
    help: "Tasks on this node, also those whose end is not acknowledged yet.",
    read: ({ tasks }) => each("state", [...liveStates, ...endStates], tasks),
  },
  {
    name: "covey_worker_container_failures_total",
    kind: "counter",
    labels: ["operation", "fault"],
    help: "Calls to the container engine that it refused or did not answer.",
    read: ({ containerFailures }) =>
      containerFailures.map(({ operation, fault, count }) => [{ operation, fault }, count]),
  },
];
