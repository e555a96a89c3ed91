import { createCertificate } from "../../provider/src/plugin/handshake/certificate";
import { encodeAccessKey } from "../../provider/src/resources/keys/access-key";
import { agentBundle, providerBundle, providerLibraries, providerSource } from "../paths";
import type { Figure } from "./figure";
import { PlanRun, type PlanCost, type PlannedKind } from "./plan-run";
import { ratios } from "./provider-start";
import { withScratch } from "./scratch";
import { withToyProvider } from "./toy-bundle";

const sizes = [1, 100, 1000] as const;
const largest = 1000;
const goals = { ratio: 2, cpuMs: 1000, rssMb: 150 } as const;
/** Small plans take less long and vary more. */
const moreRoundsWhenSmall = 2;

interface Series {
  readonly kind: PlannedKind;
  readonly costs: Map<number, PlanCost[]>;
}

/**
 * Plans that create 1, 100 and 1000 resources: Terraform's own `terraform_data`, one of the same size through our framework,
 * and `covey_service`, turn about.
 */
export function runProviderPlanBench(rounds: number): Promise<Figure[]> {
  return withScratch((interrupted) => planBench(rounds, interrupted));
}

function planBench(rounds: number, interrupted: AbortSignal): Promise<Figure[]> {
  return withToyProvider(async (toyBundle) => {
    const builtIn = seriesOf(terraformData);
    const toy = seriesOf(toyThing(toyBundle));
    const service = seriesOf(coveyService());
    for (const size of sizes) {
      const count = size === largest ? rounds : rounds + moreRoundsWhenSmall;
      await measure([builtIn, toy, service], { size, rounds: count, interrupted });
    }
    return [
      ...[toy, service].flatMap((ours) => [
        ...sizes.flatMap((size) => planFigures(size, ours, builtIn)),
        ...costFigures(ours, builtIn),
      ]),
    ];
  });
}

async function measure(
  all: readonly Series[],
  how: { readonly size: number; readonly rounds: number; readonly interrupted: AbortSignal },
): Promise<void> {
  const { size, rounds, interrupted } = how;
  const runs = all.map((series) => ({ series, run: new PlanRun(series.kind) }));
  try {
    for (const { run } of runs) {
      interrupted.throwIfAborted();
      await run.prepare(size);
    }
    for (let round = 0; round < rounds; round++)
      for (const { series, run } of runs) {
        interrupted.throwIfAborted();
        series.costs.set(size, [...costsOf(series, size), await run.plan()]);
      }
  } finally {
    for (const { run } of runs) run.remove();
  }
}

function planFigures(size: number, ours: Series, theirs: Series): Figure[] {
  const wallMs = (series: Series): number[] => costsOf(series, size).map((cost) => cost.wallMs);
  const name = `plan of ${size} ${ours.kind.name}`;
  return [
    {
      name,
      unit: "ms",
      samples: wallMs(ours),
      peer: { name: theirs.kind.name, samples: wallMs(theirs) },
    },
    {
      name: `${name}, times ${theirs.kind.name}`,
      unit: "x",
      samples: ratios(wallMs(ours), wallMs(theirs)),
      ...(size === largest ? { goal: goals.ratio } : {}),
    },
  ];
}

function costFigures(ours: Series, theirs: Series): Figure[] {
  const costs = costsOf(ours, largest);
  const about = `${largest} ${ours.kind.name}`;
  return [
    {
      name: `provider CPU, ${about}`,
      unit: "ms",
      samples: costs.map((cost) => cost.providerCpuMs),
      goal: goals.cpuMs,
    },
    {
      name: `provider RSS, ${about}`,
      unit: "MB",
      samples: costs.map((cost) => cost.providerRssMb),
      goal: goals.rssMb,
    },
    {
      name: `Terraform's own CPU, ${about}`,
      unit: "ms",
      samples: costs.map((cost) => cost.terraformCpuMs),
      peer: {
        name: theirs.kind.name,
        samples: costsOf(theirs, largest).map((cost) => cost.terraformCpuMs),
      },
    },
    {
      name: `provider processes, ${about}`,
      unit: "",
      samples: costs.map((cost) => cost.providerProcesses),
    },
  ];
}

function seriesOf(kind: PlannedKind): Series {
  return { kind, costs: new Map() };
}

function costsOf(series: Series, size: number): readonly PlanCost[] {
  return series.costs.get(size) ?? [];
}

const terraformData: PlannedKind = {
  name: "terraform_data",
  provider: undefined,
  body: (index) => `  input = "value ${index}"`,
};

function toyThing(bundle: string): PlannedKind {
  return {
    name: "toy_thing",
    provider: { bundle, address: "example.invalid/acme/toy" },
    body: (index) => `  input = "value ${index}"`,
  };
}

/** Of a cluster that is well described but not there: planning does not ask it. */
function coveyService(): PlannedKind {
  const cluster = encodeAccessKey({
    cluster: "bench",
    endpoints: ["https://192.0.2.1:7440", "https://192.0.2.2:7440", "https://192.0.2.3:7440"],
    ca: createCertificate(new Date()).pem,
    token: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  });
  return {
    name: "covey_service",
    provider: {
      bundle: providerBundle,
      files: [agentBundle, providerLibraries],
      address: providerSource,
    },
    // As from a cluster that is there already: each service names it by reference.
    preamble: `locals {\n  access_key = "${cluster}"\n}\n`,
    body: (index) => `  name       = "web-${index}"
  cluster    = local.access_key
  image      = "nginx:1.27"
  instances  = 3
  cpus       = 0.5
  memory_mib = 128
  ports      = [{ name = "http", container_port = 80 }]
  env        = { MODE = "production", NUMBER = "${index}" }
  health     = { http = "/", port = "http" }`,
  };
}
