import { sampleAgentFigures, sampleMasterFigures } from "../../../test/fakes/figures";
import { silentLog } from "../../../test/fakes/silent-log";
import { agentSamples, masterSamples, metricDefinitions } from "../../metrics/index";
import type { Sample } from "../../ports/metrics";
import { createMetrics } from "./metrics";

const agent = (): Sample[] => agentSamples(sampleAgentFigures());
const master = (): Sample[] => masterSamples(sampleMasterFigures());
const metricsOf = (...sources: (() => readonly Sample[])[]) =>
  createMetrics({ definitions: metricDefinitions, sources, log: silentLog });

/** What the text says, line by line; throws where a line is none of the format. */
function read(text: string): { values: Map<string, number>; types: Map<string, string> } {
  const values = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split("\n")) {
    const type = /^# TYPE (\S+) (gauge|counter|histogram)$/.exec(line);
    if (type) types.set(type[1]!, type[2]!);
    if (line === "" || line.startsWith("# HELP ") || type) continue;
    const sample =
      /^([a-z0-9_]+(?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})?) (-?[0-9.e+-]+|\+Inf|NaN)$/i.exec(
        line,
      );
    if (!sample) throw new Error(`no line of the format: ${line}`);
    if (values.has(sample[1]!)) throw new Error(`twice: ${line}`);
    values.set(sample[1]!, Number(sample[2]));
  }
  return { values, types };
}

test("all definitions are there, of their kind, beside the process' own figures", async () => {
  const { text, contentType } = await metricsOf(agent, master).exposition();
  const { values, types } = read(text);
  expect(contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
  for (const { name, kind } of metricDefinitions) expect(types.get(name)).toBe(kind);
  expect(values.get("covey_election_term")).toBe(7);
  expect(values.get('covey_mesh_members{status="alive"}')).toBe(3);
  expect(
    values.get('covey_master_tasks{state="TASK_RUNNING",framework="spark",role="eng/batch"}'),
  ).toBe(4);
  expect(values.get("process_resident_memory_bytes")).toBeGreaterThan(1e6);
});

test("every scrape reads anew, and a former master's figures are gone", async () => {
  let term = 7;
  let acting = true;
  const metrics = metricsOf(
    () => agentSamples(sampleAgentFigures({ term })),
    () => (acting ? master() : []),
  );
  expect(read((await metrics.exposition()).text).values.has("covey_master_offers")).toBe(true);
  term = 8;
  acting = false;
  const { text } = await metrics.exposition();
  expect(read(text).values.get("covey_election_term")).toBe(8);
  expect(text).not.toContain("covey_master_");
});

test("scrapes at one time do not add up", async () => {
  const metrics = metricsOf(agent);
  const texts = await Promise.all([metrics.exposition(), metrics.exposition()]);
  for (const { text } of texts)
    expect(read(text).values.get("covey_election_master_changes_total")).toBe(4);
});

test("a source that fails is left out, the others are there", async () => {
  const metrics = metricsOf(() => {
    throw new Error("no longer the master");
  }, agent);
  const { values } = read((await metrics.exposition()).text);
  expect(values.get("covey_election_term")).toBe(7);
  expect(values.has("process_resident_memory_bytes")).toBe(true);
});

test("a sample that is none stops its source only", async () => {
  const broken = { name: "covey_election_term", labels: { nonsense: "x" }, value: 1 };
  const { values } = read((await metricsOf(() => [broken], agent).exposition()).text);
  expect(values.get('covey_mesh_members{status="alive"}')).toBe(3);
});

test("names with quotes and line ends stay in their label", async () => {
  const tasks = [{ framework: 'a"b\nc\\d', role: "eng", states: { TASK_RUNNING: 1 } }];
  const metrics = metricsOf(() => masterSamples(sampleMasterFigures({ tasks })));
  const { values } = read((await metrics.exposition()).text);
  expect(
    values.get('covey_master_tasks{state="TASK_RUNNING",framework="a\\"b\\nc\\\\d",role="eng"}'),
  ).toBe(1);
});

test("answers of the API are counted by route and status, and how long they took", async () => {
  const metrics = metricsOf();
  const asked = { method: "GET", route: "/v1/nodes/:name", seconds: 0.02 };
  metrics.answered({ ...asked, status: 200 });
  metrics.answered({ ...asked, status: 404 });
  const { values } = read((await metrics.exposition()).text);
  const labels = 'method="GET",route="/v1/nodes/:name"';
  expect(values.get(`covey_api_requests_total{${labels},status="404"}`)).toBe(1);
  expect(values.get(`covey_api_request_duration_seconds_count{${labels}}`)).toBe(2);
  expect(values.get(`covey_api_request_duration_seconds_bucket{le="0.025",${labels}}`)).toBe(2);
});
