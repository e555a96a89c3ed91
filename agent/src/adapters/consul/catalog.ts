import http from "node:http";
import https from "node:https";
import Consul from "consul";
import type { Catalog, CatalogEntry } from "../../ports/catalog";
import type { Log } from "../../ports/log";
import { atOnce } from "./at-once";
import type { ConsulCall } from "./http";
import { createConsulCall, explainAnswer, oneLine } from "./http";

export interface ConsulCatalogOptions {
  /** `http://host:port` of this node's Consul agent. */
  readonly address: string;
  readonly token?: string | undefined;
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /**
   * Consul's name of one of our nodes, where it is known (managed Consul). Else all of Consul's nodes are searched for a
   * node's entries, and several of our nodes may share one Consul agent.
   */
  consulNode?(name: string): string;
  /**
   * Address (`http://host:port`) of another node's Consul agent where it is known and takes our token (managed
   * Consul): `removeNode` also tells that agent, if it lives, or it would enter its services again.
   */
  agentOf?(name: string): string | undefined;
  readonly log: Log;
}

const callDeadlineMs = 5000;
/** The agent of a node that is being removed is probably dead. */
const deadAgentDeadlineMs = 1000;
const removedAtOnce = 16;
const maxNoteBytes = 1024;
const idPrefix = "covey-";
const minTcpIntervalMs = 1000;

/** The service catalogue in Consul. Entries carry `cluster` and `node` in their meta; only such are ever listed or removed. */
export function createConsulCatalog(options: ConsulCatalogOptions): Catalog {
  return new ConsulCatalog(options);
}

class ConsulCatalog implements Catalog {
  private readonly client: Consul;
  private readonly call: ConsulCall;
  /** Kind of check by entry id, as registered by this process. */
  private readonly kinds = new Map<string, CatalogEntry["check"]["kind"]>();

  constructor(private readonly options: ConsulCatalogOptions) {
    this.client = createClient(options);
    this.call = createConsulCall(options);
  }

  async register(entry: CatalogEntry): Promise<void> {
    if (!entry.id.startsWith(idPrefix))
      throw new Error(`catalog entry '${entry.id}': ids begin with '${idPrefix}'`);
    // Consul keeps the state of a check that is registered again; with another kind it would be the wrong one.
    const kind = this.kinds.get(entry.id) ?? (await this.registeredKind(entry.id));
    if (kind !== undefined && kind !== entry.check.kind) await this.deregister(entry.id);
    await this.ask(`register ${entry.id}`, () =>
      this.client.agent.service.register({
        id: entry.id,
        name: entry.service,
        address: entry.address,
        port: entry.port,
        tags: [...entry.tags],
        meta: { ...entry.meta, cluster: this.options.cluster, node: this.options.node },
        check: toCheck(entry),
      }),
    );
    this.kinds.set(entry.id, entry.check.kind);
  }

  async setHealth(id: string, passing: boolean, note: string): Promise<void> {
    // The npm client's pass and fail carry the note in the URL, where it gets into logs.
    await this.put(
      `/v1/agent/check/update/${encodeURIComponent(checkId(id))}`,
      `set the health of ${id}`,
      {
        Status: passing ? "passing" : "critical",
        Output: oneLine(note, maxNoteBytes),
      },
    );
  }

  async deregister(id: string): Promise<void> {
    this.kinds.delete(id);
    const what = `deregister ${id}`;
    const path = `/v1/agent/service/deregister/${encodeURIComponent(id)}`;
    const answer = await this.call({ method: "PUT", path, deadlineMs: callDeadlineMs });
    if (answer.status === 200 || answer.status === 404 || isUnknownService(answer.text)) return;
    throw new Error(`cannot ${what}: ${explainAnswer(answer, this.options.address)}`);
  }

  async listOwn(): Promise<string[]> {
    const services: unknown = await this.ask("list the catalog's entries", () =>
      this.client.agent.service.list(),
    );
    return this.idsIn(services, this.options.node);
  }

  async removeNode(node: string): Promise<number> {
    const removed: string[] = [];
    for (const consulNode of await this.holdersOf(node)) {
      const ids = await this.entriesAt(consulNode, node);
      // Each is a commit of Consul's, and it makes one of those that come together.
      await atOnce(ids, removedAtOnce, (id) =>
        this.ask(`remove ${id} of node ${node}`, () =>
          this.client.catalog.deregister({ node: consulNode, serviceid: id }),
        ),
      );
      removed.push(...ids);
    }
    await this.tellAgentOf(node, removed);
    return removed.length;
  }

  async ping(): Promise<string | undefined> {
    try {
      const leader = await this.ask("ask for its leader", () => this.client.status.leader());
      if (leader !== "") return await this.pingToken();
      return `Consul at ${this.options.address} has no leader: a majority of its servers must run and reach each other`;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** A new cluster has a leader some tenths of a second before it knows its tokens. */
  private async pingToken(): Promise<string | undefined> {
    if (this.options.token === undefined) return undefined;
    const path = "/v1/acl/token/self";
    const answer = await this.call({ method: "GET", path, deadlineMs: callDeadlineMs });
    // 401: ACLs are off there.
    return [200, 401].includes(answer.status)
      ? undefined
      : explainAnswer(answer, this.options.address);
  }

  /** Consul's nodes that may have entries of this node of ours. */
  private async holdersOf(node: string): Promise<string[]> {
    if (this.options.consulNode) return [this.options.consulNode(node)];
    // One that shares our own Consul agent goes from there first, or the agent would enter it again.
    const shared = this.idsIn(
      await this.ask("list the catalog's entries", () => this.client.agent.service.list()),
      node,
    );
    for (const id of shared) await this.deregister(id);
    const nodes: unknown = await this.ask("list Consul's nodes", () =>
      this.client.catalog.node.list(),
    );
    if (!Array.isArray(nodes)) return [];
    return nodes.flatMap((one: unknown) =>
      typeof one === "object" && one !== null && "Node" in one && typeof one.Node === "string"
        ? [one.Node]
        : [],
    );
  }

  private async entriesAt(consulNode: string, node: string): Promise<string[]> {
    const found: unknown = await this.ask(`list the catalog's entries of node ${node}`, () =>
      this.client.catalog.node.services(consulNode),
    );
    // Not there: null.
    const services =
      typeof found === "object" && found !== null && "Services" in found ? found.Services : {};
    return this.idsIn(services, node);
  }

  /** Best effort: a Consul agent that lives enters its own services again within a minute, unless it drops them too. */
  private async tellAgentOf(node: string, ids: readonly string[]): Promise<void> {
    const address = this.options.agentOf?.(node);
    if (address === undefined || ids.length === 0) return;
    const call = createConsulCall({ address, token: this.options.token });
    for (const id of ids) {
      try {
        const path = `/v1/agent/service/deregister/${encodeURIComponent(id)}`;
        await call({ method: "PUT", path, deadlineMs: deadAgentDeadlineMs });
      } catch (error) {
        this.options.log.debug("the removed node's Consul agent does not answer", {
          node,
          reason: messageOf(error),
        });
        return;
      }
    }
  }

  private async registeredKind(id: string): Promise<CatalogEntry["check"]["kind"] | undefined> {
    const checks: unknown = await this.ask("list its checks", () => this.client.agent.check.list());
    if (typeof checks !== "object" || checks === null) return undefined;
    const check = (checks as Record<string, unknown>)[checkId(id)];
    if (typeof check !== "object" || check === null) return undefined;
    return "Type" in check && check.Type === "tcp" ? "tcp" : "ttl";
  }

  private idsIn(services: unknown, node: string): string[] {
    if (typeof services !== "object" || services === null) return [];
    return Object.entries(services as Record<string, unknown>).flatMap(([id, service]) => {
      if (!id.startsWith(idPrefix) || typeof service !== "object" || service === null) return [];
      const meta = "Meta" in service ? (service.Meta as Record<string, unknown> | null) : null;
      return meta?.["cluster"] === this.options.cluster && meta["node"] === node ? [id] : [];
    });
  }

  private async put(path: string, what: string, body: unknown): Promise<void> {
    const answer = await this.call({ method: "PUT", path, body, deadlineMs: callDeadlineMs });
    if (answer.status !== 200)
      throw new Error(`cannot ${what}: ${explainAnswer(answer, this.options.address)}`);
  }

  /** The npm client's errors hold the whole exchange, token included: only their text goes on, not even as a cause. */
  private ask<T>(what: string, act: () => Promise<T>): Promise<T> {
    return act().catch((error: unknown) => {
      throw new Error(`cannot ${what}: ${this.explain(error)}`);
    });
  }

  private explain(error: unknown): string {
    const response =
      typeof error === "object" && error !== null && "response" in error
        ? error.response
        : undefined;
    if (response instanceof http.IncomingMessage) {
      const said = "body" in response ? String(response.body) : "";
      return explainAnswer(
        { status: response.statusCode ?? 0, index: 0, text: said },
        this.options.address,
      );
    }
    return `Consul at ${this.options.address}: ${messageOf(error)}`;
  }
}

function toCheck(entry: CatalogEntry): CheckOptions {
  const common = {
    checkid: checkId(entry.id),
    name: `${entry.service} on ${entry.meta["node"] ?? entry.address}`,
  };
  switch (entry.check.kind) {
    case "ttl":
      // `timeout` is not used with a ttl; the client's types ask for it.
      return { ...common, ttl: `${entry.check.ttlMs}ms`, timeout: "1s", status: "critical" };
    case "tcp": {
      const intervalMs = Math.max(minTcpIntervalMs, entry.check.intervalMs);
      return {
        ...common,
        tcp: `${entry.address}:${entry.port}`,
        interval: `${intervalMs}ms`,
        timeout: "1s",
        status: "critical",
      };
    }
  }
}

/** As the npm client takes a check. */
interface CheckOptions {
  readonly checkid: string;
  readonly name: string;
  readonly status: string;
  readonly timeout: string;
  readonly ttl?: string;
  readonly tcp?: string;
  readonly interval?: string;
}

function createClient(options: ConsulCatalogOptions): Consul {
  const url = new URL(options.address);
  const secure = url.protocol === "https:";
  const settings = {
    host: url.hostname,
    port: Number(url.port || (secure ? 443 : 80)),
    secure,
    // Known to the client, though not to its types: the deadline of every call.
    timeout: callDeadlineMs,
    agent: secure ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
    defaults: options.token === undefined ? {} : { token: options.token },
  };
  return new Consul(settings);
}

function checkId(id: string): string {
  return `service:${id}`;
}

/** Consul before 1.11 answers 500 to the deregistration of what is not there. */
function isUnknownService(text: string): boolean {
  return /unknown service/i.test(text);
}

function messageOf(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error;
  return String(message ? error.message : error);
}
