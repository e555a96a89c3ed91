import { setTimeout as delay } from "node:timers/promises";
import type { Clock, Timer } from "../../ports/clock";
import type { Log } from "../../ports/log";
import { ensureAnonymousReads } from "./anonymous-reads";
import type { ConsulCall } from "./http";
import { createConsulCall, oneLine, parseAnswer } from "./http";
import { launchConsul } from "./launch";
import { leaveCluster } from "./leave";
import type { OsProcess } from "./os-process";
import { isGoneWithin, isRunning, signalProcess, terminate } from "./os-process";
import type { ProcessSettings } from "./process-config";
import { processFiles, recoveryToken, renderConfig } from "./process-config";
import type { ProcessDisk } from "./process-disk";
import { openProcessDisk } from "./process-disk";
import { systemRecursors } from "./recursors";
import { resyncCatalog } from "./resync";
import { readConsulVersion } from "./version";

export interface ConsulProcessOptions extends ProcessSettings {
  /** Absolute path of the consul program. */
  readonly binary: string;
  /** PEM; for RPC between Consul agents, both ways. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly log: Log;
  readonly clock: Clock;
}

const startDeadlineMs = 20_000;
const answerDeadlineMs = 5000;
/** Not answering for so long, while it runs, it is taken to hang. */
const hangsAfterMs = 30_000;
const lookIntervalMs = 1000;
/** While it has no leader yet that knows its tokens. */
const eagerIntervalMs = 200;
const killDeadlineMs = 5000;
const pollMs = 20;
const firstBackOffMs = 250;
const maxBackOffMs = 30_000;
/** Having run for so long, its next death is a first one again. */
const steadyAfterMs = 60_000;

/**
 * The node's Consul, run and watched over by the agent: a server on voters, a client elsewhere.
 *
 * INVARIANTS. It outlives the agent (own session, no pipe to us); a later agent finds it by pid file or command
 * line and takes it over where its configuration is the same, else restarts it. At most one runs per data
 * directory. Only a process proven to be ours (pid and start time) is ever signalled.
 */
export class ConsulProcess {
  private readonly disk: ProcessDisk;
  private readonly manage: ConsulCall;
  private readonly local: ConsulCall;
  private readonly address: string;
  private running: OsProcess | undefined;
  private digest = "";
  private timer: Timer | undefined;
  private looking: Promise<void> = Promise.resolve();
  private over = new AbortController();
  private readsEnsured: boolean;
  private resynced = false;
  private watching = false;
  private startedAtMs = 0;
  private answeredAtMs = 0;
  private backOffMs = 0;

  constructor(private readonly options: ConsulProcessOptions) {
    this.address = `http://${options.address}:${options.httpPort}`;
    this.disk = openProcessDisk(options.dataDir);
    this.manage = createConsulCall({ address: this.address, token: options.token });
    this.local = createConsulCall({
      address: this.address,
      token: recoveryToken(options.token),
    });
    // Servers see to it; a client's wish would only repeat theirs.
    this.readsEnsured = !options.server;
  }

  /** Process id while it runs. */
  get pid(): number | undefined {
    return this.running && isRunning(this.running) ? this.running.pid : undefined;
  }

  /**
   * Resolves when it answers (which does not need a leader); then it is watched over until `stop` or `detach`.
   * Throws Error, leaving nothing running that it started, where it cannot be.
   */
  async start(): Promise<void> {
    this.over = new AbortController();
    try {
      await this.takeOverOrLaunch();
    } catch (error) {
      // Nobody is to start again what could not be started.
      this.detach();
      throw error;
    }
    this.watching = true;
    this.lookAgainAfter(eagerIntervalMs);
  }

  /** Ends the watch and leaves Consul running, for the next agent to take over. */
  detach(): void {
    this.watching = false;
    this.over.abort();
    this.timer?.cancel();
  }

  /**
   * Ends Consul. `leave`: it says goodbye first, so that its cluster no longer counts on it (a server gives up
   * its vote); without, it is expected back. Bounded: leaving is given 10 s, then TERM, then KILL, 5 s each.
   * Where all servers leave, none waits for the others to take its vote.
   */
  async stop(options: { readonly leave: boolean }): Promise<void> {
    this.detach();
    await this.looking;
    const target = this.running ?? this.disk.findRunning()?.process;
    if (target && isRunning(target)) {
      if (options.leave) await leaveCluster(this.options, target);
      await terminate(target);
    }
    this.running = undefined;
    this.disk.forget();
  }

  /** Opens DNS and catalogue reads to everybody; harmless twice. Done by itself while watched over; throws Error while there is no leader. */
  async ensureAnonymousReads(): Promise<void> {
    await ensureAnonymousReads(this.manage, this.address);
    this.readsEnsured = true;
  }

  private async takeOverOrLaunch(): Promise<void> {
    const { binary, log } = this.options;
    const version = await readConsulVersion(binary);
    const recursors =
      this.options.recursors.length > 0
        ? this.options.recursors
        : systemRecursors(this.options.address);
    const config = renderConfig({ ...this.options, recursors }, version);
    this.digest = this.disk.prepare(config, this.options.tls);

    const found = this.disk.findRunning();
    if (found?.digest === this.digest && (await this.answersWithin(found.process))) {
      this.running = found.process;
      this.answeredAtMs = this.startedAtMs = this.options.clock.nowMs();
      log.info("took over the Consul that runs", { pid: found.process.pid });
    } else {
      if (found) {
        log.info("Consul is restarted: its configuration changed", { pid: found.process.pid });
        await terminate(found.process);
      }
      await this.launch();
      log.info("Consul runs", {
        pid: this.pid,
        version: version.text,
        server: this.options.server,
      });
    }
  }

  private async launch(): Promise<void> {
    const { binary, dataDir, clock } = this.options;
    this.disk.clearForStart();
    this.resynced = false;
    this.running = launchConsul(binary, dataDir, {
      exited: () => {
        // While `start` runs it sees for itself, and nobody else may start another.
        if (this.watching) this.lookAgainAfter(0);
      },
      failed: (reason) => this.options.log.error("Consul did not start", { reason }),
    });
    const { running } = this;
    if (running) this.disk.remember(running, this.digest);
    this.startedAtMs = clock.nowMs();
    if (running && (await this.answersWithin(running))) {
      this.answeredAtMs = clock.nowMs();
      return;
    }
    // Whoever ended the watch meanwhile wants it stopped, or taken over later: no longer our business.
    if (this.over.signal.aborted) return;
    const ended = !running || !isRunning(running);
    if (running) await terminate(running);
    this.running = undefined;
    throw new Error(
      `Consul (${binary}) ${ended ? "ended at once" : `did not answer at ${this.address} within ${startDeadlineMs} ms`}: ` +
        `${this.disk.lastWords() || "it gave no reason"}; its log is in ${processFiles(dataDir).logs}`,
    );
  }

  private async answersWithin(target: OsProcess): Promise<boolean> {
    const untilMs = this.options.clock.nowMs() + startDeadlineMs;
    while (isRunning(target) && this.options.clock.nowMs() < untilMs && !this.over.signal.aborted) {
      if (await this.answers()) return true;
      await delay(pollMs);
    }
    return false;
  }

  /** Whether it is our node's Consul that answers at the address, and not another that had the port before. */
  private async answers(): Promise<boolean> {
    try {
      const answer = await this.local({
        method: "GET",
        path: "/v1/agent/self",
        deadlineMs: answerDeadlineMs,
        signal: this.over.signal,
      });
      if (answer.status !== 200) return false;
      const self = parseAnswer(answer) as { Config?: { NodeName?: unknown } } | null;
      return self?.Config?.NodeName === this.options.node;
    } catch {
      return false;
    }
  }

  private lookAgainAfter(delayMs: number): void {
    this.timer?.cancel();
    if (this.over.signal.aborted) return;
    const { signal } = this.over;
    this.timer = this.options.clock.after(delayMs, () => {
      // One look at a time: the death of the process may ask for one in the middle of another.
      this.looking = this.looking.then(async () => {
        if (!signal.aborted) this.lookAgainAfter(await this.look());
      });
    });
  }

  /** Never rejects; returns when to look again. */
  private async look(): Promise<number> {
    const { clock, log } = this.options;
    try {
      if (this.running && isRunning(this.running)) {
        if (await this.answers()) this.answeredAtMs = clock.nowMs();
        else if (this.over.signal.aborted) return 0;
        else if (clock.nowMs() - this.answeredAtMs > hangsAfterMs) {
          log.error("Consul hangs and is killed", { pid: this.running.pid, hangsAfterMs });
          signalProcess(this.running, "SIGKILL");
          await isGoneWithin(this.running, killDeadlineMs);
          return 0;
        }
        return this.readsEnsured && this.resynced ? lookIntervalMs : await this.settle();
      }
      return await this.restart();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error("Consul could not be started again", { reason, againInMs: this.backOffMs });
      return this.backOffMs;
    }
  }

  private async restart(): Promise<number> {
    const { clock, log } = this.options;
    const lastedMs = clock.nowMs() - this.startedAtMs;
    // The first restart is immediate, those after it come slower and slower.
    const dueInMs = lastedMs >= steadyAfterMs ? 0 : this.backOffMs - lastedMs;
    if (dueInMs > 0) return dueInMs;
    const longer = Math.min(maxBackOffMs, Math.max(firstBackOffMs, this.backOffMs * 2));
    this.backOffMs = lastedMs >= steadyAfterMs ? firstBackOffMs : longer;
    log.warn("Consul has ended and is started again", { lastWords: this.disk.lastWords() });
    await this.launch();
    log.info("Consul runs again", { pid: this.pid });
    return eagerIntervalMs;
  }

  private async settle(): Promise<number> {
    try {
      if (!this.resynced)
        await resyncCatalog(this.manage, { ...this.options, address: this.address });
      this.resynced = true;
      if (!this.readsEnsured) await this.ensureAnonymousReads();
      return lookIntervalMs;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.options.log.debug("Consul is not ready yet", { reason: oneLine(reason, 200) });
      return eagerIntervalMs;
    }
  }
}
