import { parseArgs } from "node:util";
import { raise, runDemo } from "./demo";
import { formatTimes } from "./demo-times";
import type { DemoTimes } from "./demo-times";
import { takeDown } from "./down";
import { credentialVariables, forgetKept, isKept, writeKept } from "./kept";
import { takeLock } from "./lock";
import { keepLogs } from "./logs";
import { anythingRuns, findRemains, removeRemains } from "./remains";
import { serviceHost } from "./scene";
import type { Scene } from "./scene";
import { terminalStage as stage } from "./show";

const usage = `npm run demo              the whole demo
npm run demo -- --keep    stops before destroying, so that one can look around
npm run demo -- --down    takes down what --keep has left
`;

/** Why the demo was ended from outside. */
class Interrupted extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { keep: { type: "boolean" }, down: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const release = takeLock();
  try {
    if (values.down === true) return await down();
    await makeRoom();
    return await perform(values.keep === true);
  } finally {
    release();
  }
}

async function perform(keep: boolean): Promise<number> {
  const signal = interruptible();
  try {
    const times = keep ? await performAndKeep(signal) : await runDemo({ stage, signal });
    finish(times);
    return 0;
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    process.stderr.write(
      `\ndemo: ${cause instanceof Interrupted ? cause.message : `failed: ${messageOf(cause)}`}\n`,
    );
    const logs = cause instanceof Interrupted ? undefined : keepLogs();
    if (logs !== undefined) process.stderr.write(`demo: the agents' logs are kept in ${logs}\n`);
    process.stderr.write("demo: cleaning up\n");
    await removeRemains();
    forgetKept();
    return cause instanceof Interrupted ? 130 : 1;
  } finally {
    if (!isKept()) forgetKept();
  }
}

async function performAndKeep(signal: AbortSignal): Promise<Partial<DemoTimes>> {
  const { scene, times } = await raise({ stage, signal });
  scene.api.close();
  explain(scene);
  return times;
}

function explain(scene: Scene): void {
  const variables = credentialVariables(writeKept(scene.deployed, scene.server));
  const settings = Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`);
  process.stdout.write(`
The cluster is up; .covey/demo.json says where. To look around:
  . .covey/env
${settings.join("\n")}
  covey status; covey nodes; covey services; covey tasks; covey why web; covey logs TASK; covey exec -it TASK sh; covey top
  dig @${scene.server} ${serviceHost} SRV
To take it down: npm run demo -- --down
`);
}

function finish(times: Partial<DemoTimes>): void {
  process.stdout.write(
    `\n${formatTimes(times)}\n\ndemo: ok in ${(performance.now() / 1000).toFixed(0)} s\n`,
  );
}

/** @throws Error where another demo is up */
async function makeRoom(): Promise<void> {
  let remains = await findRemains();
  if (remains.length === 0) return;
  if (!(await anythingRuns())) {
    process.stdout.write("demo: removing what is left of one that ended with its machine\n");
    await removeRemains();
    forgetKept();
    remains = await findRemains();
    if (remains.length === 0) return;
  }
  const what = isKept() ? "a demo that was kept is up" : "something of an earlier demo is here";
  throw new Error(
    `${what}; take it down first with \`npm run demo -- --down\`. There is:\n${remains.join("\n")}`,
  );
}

async function down(): Promise<number> {
  await takeDown({ stage, signal: interruptible() });
  process.stdout.write("demo: down, nothing is left\n");
  return 0;
}

/** The first Ctrl-C ends the step under way; the next are heard, but cleaning up goes on. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.stderr.write("demo: cleaning up, a moment please\n");
      else controller.abort(new Interrupted(name));
    });
  return controller.signal;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`demo: ${messageOf(error)}\n`);
    process.exit(1);
  },
);
