import type { BackOff } from "./back-off";
import type { CatalogPlace } from "./catalog-entry";
import type { CatalogSyncOptions } from "./catalog-sync";
import type { EngineWatchOptions } from "./engine-watch";
import type { ProbePace } from "./health-watch";
import type { TaskLoopOptions } from "./task-loop";

export interface WorkerOptions {
  readonly node: string;
  /** Where its tasks' ports are published, probed and shown in the catalog. */
  readonly address: string;
  /** Containers created, started or removed at once. More only adds latency: Docker does about 4 side by side. Default 4. */
  readonly concurrency?: number | undefined;
  /**
   * So long an ended container stays after its end was acknowledged: while its successor starts, a removal would only
   * stand in its way at the engine. Default 2 s.
   */
  readonly removeAfterMs?: number | undefined;
  /** Tasks at most, ended ones that wait for their acknowledgement included. Default 2000. */
  readonly maxTasks?: number | undefined;
}

export interface CompiledWorkerOptions {
  readonly node: string;
  readonly address: string;
  readonly concurrency: number;
  readonly maxTasks: number;
  readonly imagesAtOnce: number;
  readonly stopsAtOnce: number;
  /** Commands of health checks that run side by side. */
  readonly commandsAtOnce: number;
  readonly removeAfterMs: number;
  /** Ended tasks that are remembered. */
  readonly goneKept: number;
  /** A start waits so long for the catalog, and again for the first probes of adopted tasks. */
  readonly adoptionMs: number;
  /** The longest a kill waits for its catalog entry to go. */
  readonly catalogPatienceMs: number;
  /** What leaving may take beyond the longest grace. */
  readonly leaveMs: number;
  readonly resend: BackOff;
  readonly loop: TaskLoopOptions;
  readonly engine: EngineWatchOptions;
  readonly probe: ProbePace;
  readonly place: CatalogPlace;
  readonly catalog: Omit<CatalogSyncOptions, "prefix">;
}

export function compileWorkerOptions(options: WorkerOptions): CompiledWorkerOptions {
  const { node, address, concurrency = 4, maxTasks = 2000, removeAfterMs = 2000 } = options;
  return Object.freeze({
    node,
    address,
    concurrency,
    maxTasks,
    imagesAtOnce: 16,
    stopsAtOnce: 32,
    commandsAtOnce: 8,
    removeAfterMs,
    goneKept: 4096,
    adoptionMs: 2000,
    catalogPatienceMs: 1000,
    leaveMs: 30_000,
    resend: { firstMs: 1000, maxMs: 30_000 },
    loop: { retry: { firstMs: 1000, maxMs: 30_000 }, launchPatienceMs: 30_000 },
    engine: { pingMs: 5000, auditMs: 60_000 },
    probe: { quickMs: 100, quickForMs: 10_000 },
    place: { node, address, ttlMs: 30_000 },
    catalog: { refreshMs: 10_000, compareMs: 15_000, retry: { firstMs: 500, maxMs: 15_000 } },
  });
}
