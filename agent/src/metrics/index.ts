/** From figures to samples: which metrics there are and what they are called. Counts nothing, and knows no library. */
import type { AgentFigures, MasterFigures } from "../ports/figures";
import type { MetricDefinition, Sample } from "../ports/metrics";
import { agentMetrics } from "./agent-metrics";
import { masterMetrics } from "./master-metrics";
import { samplesOf } from "./measure";

export { mesosSnapshot } from "./mesos-names";

export const metricDefinitions: readonly MetricDefinition[] = [...agentMetrics, ...masterMetrics];

export function agentSamples(figures: AgentFigures): Sample[] {
  return samplesOf(agentMetrics, figures);
}

export function masterSamples(figures: MasterFigures): Sample[] {
  return samplesOf(masterMetrics, figures);
}
