import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConsulProcess } from "../../src/adapters/consul/consul-process";
import type { ConsulProcessOptions } from "../../src/adapters/consul/consul-process";
import { createLog } from "../../src/adapters/log/log";
import { systemClock } from "../../src/adapters/system/clock";
import type { Log } from "../../src/ports/log";
import { TestAuthority } from "../fakes/certificates";
import { consulBinary } from "./consul-binary";

/** Loopback addresses of this run's own: two may run on one machine. */
export const net = `127.77.${100 + (process.pid % 100)}`;
export const httpPort = 18_500;
export const dnsPort = 18_600;

/** Lines of all logs of a test, to look into. */
class RecordedLog {
  readonly lines: string[] = [];
  readonly log: Log = createLog({
    level: "debug",
    name: "test",
    destination: { write: (line) => this.lines.push(line) },
  });

  get text(): string {
    return this.lines.join("");
  }
}

/** Managed Consul agents on loopback addresses, removed without a trace by `close`. */
export class ManagedServers {
  readonly token = randomUUID();
  readonly gossipKey = randomBytes(32).toString("base64");
  readonly recorded = new RecordedLog();
  private made: { readonly root: string; readonly authority: Promise<TestAuthority> } | undefined;
  private readonly issued = new Map<string, ConsulProcessOptions["tls"]>();
  private readonly all = new Map<string, ConsulProcess>();

  /** `addresses`: of the servers, n1 first. */
  constructor(readonly addresses: readonly string[]) {}

  /** Folder of all data, made when it is first asked for. */
  get root(): string {
    return this.make().root;
  }

  async options(
    index: number,
    change: Partial<ConsulProcessOptions> = {},
  ): Promise<ConsulProcessOptions> {
    const node = change.node ?? `n${index + 1}`;
    const address = change.address ?? this.addresses[index] ?? "";
    return {
      binary: consulBinary(),
      dataDir: join(this.root, node),
      node,
      address,
      httpPort,
      dnsPort,
      datacenter: "dc1",
      gossipKey: this.gossipKey,
      token: this.token,
      recursors: ["127.0.0.1"],
      server: true,
      servers: this.addresses,
      tls: await this.certificateOf(node, address),
      log: this.recorded.log,
      clock: systemClock,
      ...change,
    };
  }

  /** One a node: another one is a changed configuration. */
  private async certificateOf(node: string, address: string): Promise<ConsulProcessOptions["tls"]> {
    const authority = await this.make().authority;
    const tls = this.issued.get(node) ?? (await authority.issue(node, address));
    this.issued.set(node, tls);
    return tls;
  }

  private make(): { readonly root: string; readonly authority: Promise<TestAuthority> } {
    this.made ??= {
      root: mkdtempSync(join(tmpdir(), "covey-consul-")),
      authority: TestAuthority.make("covey-consul-test"),
    };
    return this.made;
  }

  /** Started, and ended by `close`; in place of an earlier one of the same node. */
  async start(options: ConsulProcessOptions): Promise<ConsulProcess> {
    this.all.get(options.node)?.detach();
    const consul = new ConsulProcess(options);
    this.all.set(options.node, consul);
    await consul.start();
    return consul;
  }

  startAll(): Promise<ConsulProcess[]> {
    return Promise.all(
      this.addresses.map(async (_, index) => this.start(await this.options(index))),
    );
  }

  url(index: number): string {
    return `http://${this.addresses[index] ?? ""}:${httpPort}`;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all.values()].map((consul) => consul.stop({ leave: false })));
    if (this.made) rmSync(this.made.root, { recursive: true, force: true });
  }
}
