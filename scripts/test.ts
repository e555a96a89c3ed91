import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { coveyDir, repository } from "./paths";
import { projectEnvironment } from "./project-environment";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Of jest's own report (`--json`). */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not be run at all: none of their tests is counted elsewhere. */
  readonly numRuntimeErrorTestSuites: number;
}

/** What needs nothing but Node runs side by side; what shares Docker, ports and Terraform, one after the other. */
const rounds = [
  { projects: ["unit", "simulation"], options: [] },
  { projects: ["integration", "e2e"], options: ["--runInBand"] },
] as const;

/** `npm test`: all tests, then one line with their number; words after `--` choose among them as in jest. */
async function main(chosen: readonly string[]): Promise<number> {
  mkdirSync(coveyDir, { recursive: true });
  const all: Counts[] = [];
  let code = 0;
  const interrupted = new AbortController();
  // The terminal sends Ctrl-C to jest too; it ends, and so do we, without another round.
  process.on("SIGINT", () => {
    interrupted.abort();
  });
  for (const { projects, options } of rounds) {
    if (interrupted.signal.aborted) break;
    const report = join(coveyDir, `test-${projects[0]}.json`);
    rmSync(report, { force: true });
    const args = [
      "--selectProjects",
      ...projects,
      ...options,
      "--passWithNoTests",
      "--json",
      `--outputFile=${report}`,
    ];
    const ended = await jest([...args, ...(chosen.length > 0 ? ["--", ...chosen] : [])]);
    code ||= ended;
    all.push(readReport(report, ended));
  }
  process.stdout.write(`${formatCounts(addCounts(all))}\n`);
  return interrupted.signal.aborted ? 130 : code;
}

export function countsOf(report: JestReport): Counts {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** jest prints its story on standard error; its report goes to a file, so nothing comes on standard output. */
function jest(args: readonly string[]): Promise<number> {
  const program = join(repository, "node_modules/jest/bin/jest.js");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: repository,
      env: projectEnvironment(),
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", (error) => {
      process.stderr.write(`test: jest was not started: ${error.message}\n`);
      resolve(1);
    });
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

/** A jest that ended without a report counts as one failure: it must not look like success. */
function readReport(file: string, code: number): Counts {
  if (existsSync(file)) return countsOf(JSON.parse(readFileSync(file, "utf8")) as JestReport);
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

if (require.main === module)
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`test: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
