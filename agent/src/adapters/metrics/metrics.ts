import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Log } from "../../ports/log";
import type { MetricDefinition, Metrics, Sample } from "../../ports/metrics";

export interface MetricsOptions {
  readonly definitions: readonly MetricDefinition[];
  /** Read anew at every scrape, each for itself: where one throws, the rest of it is left out. */
  readonly sources: readonly (() => readonly Sample[])[];
  readonly log: Log;
}

/** From what answers at once to what waits for the store; the API gives up after 30 s. */
const secondsBuckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];

/** How often the event loop's delay is looked at: prom-client's own 10 ms wake an idle agent a hundred times a second. */
const loopLookMs = 250;

/** The process' own figures, the API's, and those of the sources, in Prometheus' text format. */
export function createMetrics(options: MetricsOptions): Metrics {
  const lasting = new Registry();
  collectDefaultMetrics({ register: lasting, eventLoopMonitoringPrecision: loopLookMs });
  const api = apiMetrics(lasting);
  return {
    answered: ({ method, route, status, seconds }) => {
      api.requests.inc({ method, route, status });
      api.durations.observe({ method, route }, seconds);
    },
    exposition: async () => {
      const parts = [scrape(options), lasting];
      const texts = await Promise.all(parts.map((part) => textOf(part, options.log)));
      return { contentType: lasting.contentType, text: texts.join("\n") };
    },
  };
}

function apiMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: "covey_api_requests_total",
    help: "Requests this agent's API has answered.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "covey_api_request_duration_seconds",
    help: "From the request's headers to the end of the answer.",
    labelNames: ["method", "route"],
    buckets: secondsBuckets,
    registers,
  });
  return { requests, durations };
}

/** A registry for this scrape alone: what is no longer so, of a former master say, is not in it. */
function scrape({ definitions, sources, log }: MetricsOptions): Registry {
  const registry = new Registry();
  const metrics = new Map<string, Gauge | Counter>();
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const add = ({ name, labels, value }: Sample): void => {
    const definition = byName.get(name);
    if (!definition) throw new Error(`${name} is not defined`);
    const metric = metrics.get(name) ?? newMetric(definition, registry);
    metrics.set(name, metric);
    metric.inc(labels, value);
  };
  for (const source of sources)
    try {
      source().forEach(add);
    } catch (error) {
      log.warn("some metrics cannot be read", { error });
    }
  return registry;
}

function newMetric({ name, kind, labels, help }: MetricDefinition, registry: Registry) {
  const common = { name, help, labelNames: labels, registers: [registry] };
  return kind === "gauge" ? new Gauge(common) : new Counter(common);
}

async function textOf(registry: Registry, log: Log): Promise<string> {
  try {
    return await registry.metrics();
  } catch (error) {
    log.warn("some metrics cannot be written", { error });
    return "";
  }
}
