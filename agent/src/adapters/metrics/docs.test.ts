import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleAgentFigures, sampleMasterFigures } from "../../../test/fakes/figures";
import { silentLog } from "../../../test/fakes/silent-log";
import { agentSamples, masterSamples, mesosSnapshot, metricDefinitions } from "../../metrics/index";
import { createMetrics } from "./metrics";

const page = readFileSync(join(__dirname, "../../../../docs/metrics.md"), "utf8");
const samples = [...agentSamples(sampleAgentFigures()), ...masterSamples(sampleMasterFigures())];

/** The rows that describe metrics: name, type, and what is in the column after it. */
const described = page.split("\n").flatMap((line) => {
  const row = /^\| `(\w+)` +\| (gauge|counter|histogram) +\| ([^|]*?) *\|/.exec(line);
  return row ? [{ name: row[1]!, kind: row[2]!, third: row[3]! }] : [];
});

async function exposed(): Promise<string> {
  const metrics = createMetrics({
    definitions: metricDefinitions,
    sources: [() => samples],
    log: silentLog,
  });
  metrics.answered({ method: "GET", route: "/v1/nodes", status: 200, seconds: 0.1 });
  return (await metrics.exposition()).text;
}

describe("docs/metrics.md", () => {
  test("describes the metrics there are, each once and of its kind", async () => {
    const found = [...(await exposed()).matchAll(/^# TYPE (\w+) (\w+)$/gm)];
    const there = found.map(([, name = "", kind = ""]) => `${name} ${kind}`).sort();
    expect(described.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual(there);
  });

  test("says which labels ours have", async () => {
    const text = await exposed();
    for (const { name, third } of described.filter((one) => one.name.startsWith("covey_"))) {
      const sample = new RegExp(`^${name}(?:_count)?(?:\\{(.*)\\})? `, "m").exec(text);
      const labels = [...(sample?.[1] ?? "").matchAll(/(\w+)="/g)].map(([, label]) => label);
      expect([name, labels.join(", ")]).toEqual([name, third]);
    }
  });

  test("names no metric that is not there in what to watch", () => {
    const names = [...page.matchAll(/covey_\w+[a-z]/g)].map(([name]) =>
      name.replace(/_bucket$/, ""),
    );
    const known = new Set(described.map(({ name }) => name));
    expect(names.filter((name) => !known.has(name) && !/_$|^covey_master$/.test(name))).toEqual([]);
  });

  test("lists Mesos' names that are served, and no others", () => {
    const names = [...page.matchAll(/`(master\/\w+)`/g)].map(([, name]) => name).sort();
    expect(names).toEqual(Object.keys(mesosSnapshot(samples)).sort());
  });
});
