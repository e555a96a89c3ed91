import type { FrameworkView, RoleInput, RoleView } from "../frameworks";
import type { ServiceInput, ServiceView } from "../service";
import type { AgentView, MasterTerm, MemberView, NodeView } from "../views";
import type { LogsQuery, TaskStatsView } from "../task";
import type { DryRunView, StatusView, TaskView, VotersView, WhyView } from "../views";
import type { Call } from "./attempt";
import { isMissing } from "./errors";
import type { Exchange } from "./exchange";
import { Rounds } from "./rounds";

export interface ApiClientOptions {
  /** `https://ADDRESS:PORT` of one or more agents, any of them; at least one. */
  readonly endpoints: readonly string[];
  readonly token: string;
  readonly exchange: Exchange;
  /** For one request to one agent. */
  readonly timeoutMs: number;
}

export interface CallOptions {
  /**
   * The caller's deadline. With it a call goes on trying, with growing pauses, while no agent answers or no master is there; without
   * it every endpoint is asked once.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The agent's HTTP API as typed calls. Every method throws ApiError (the cluster refused) or UnreachableError (nobody answered);
 * `find...` answer undefined where the thing is not there. All are idempotent but `leave` and `transfer`, which are sent once.
 */
export class ApiClient {
  readonly #rounds: Rounds;
  readonly #endpoints: number;

  /** Throws TypeError for an endpoint that is no https URL. */
  constructor(options: ApiClientOptions) {
    this.#rounds = new Rounds(options);
    this.#endpoints = options.endpoints.length;
  }

  /** Needs no token. */
  health(call?: CallOptions): Promise<{ readonly ok: boolean; readonly node: string }> {
    return this.#get("/v1/health", call, "agent");
  }

  status(call?: CallOptions): Promise<StatusView> {
    return this.#get("/v1/status", call, "agent");
  }

  /** Of the first endpoint that answers: use a client with one endpoint to ask one agent. */
  agent(call?: CallOptions): Promise<AgentView> {
    return this.#get("/v1/agent", call, "agent");
  }

  members(call?: CallOptions): Promise<MemberView[]> {
    return this.#get("/v1/members", call, "agent");
  }

  nodes(call?: CallOptions): Promise<NodeView[]> {
    return this.#get("/v1/nodes", call, "master");
  }

  findNode(name: string, call?: CallOptions): Promise<NodeView | undefined> {
    return orUndefined(
      this.#get<NodeView>(`/v1/nodes/${encodeURIComponent(name)}`, call, "master"),
    );
  }

  /** After `deadlineMs` the node's tasks are killed, moved or not. */
  async drain(node: string, deadlineMs: number, call?: CallOptions): Promise<void> {
    await this.#change("POST", `/v1/nodes/${encodeURIComponent(node)}/drain`, { deadlineMs }, call);
  }

  async undrain(node: string, call?: CallOptions): Promise<void> {
    await this.#change("DELETE", `/v1/nodes/${encodeURIComponent(node)}/drain`, undefined, call);
  }

  /** The node is gone for good. */
  async forget(node: string, call?: CallOptions): Promise<void> {
    await this.#change("DELETE", `/v1/nodes/${encodeURIComponent(node)}`, undefined, call);
  }

  /** To the voter named, or to any that is fit; answers when it is the master. Sent once: again, it would go on from there. */
  transfer(to?: string, call?: CallOptions): Promise<MasterTerm> {
    const body = to === undefined ? {} : { to };
    const path = "/v1/master/transfer";
    const request = { method: "POST", path, body, of: "master", once: true } as const;
    return this.#rounds.call(request, call?.signal) as Promise<MasterTerm>;
  }

  voters(call?: CallOptions): Promise<VotersView> {
    return this.#get("/v1/voters", call, "master");
  }

  /** 1, 3, 5 or 7 nodes. Answers when the wish is stored: the voters change afterwards, one at a time. */
  setVoters(names: readonly string[], call?: CallOptions): Promise<VotersView> {
    return this.#change<VotersView>("PUT", "/v1/voters", { names }, call);
  }

  tasks(service?: string, call?: CallOptions): Promise<TaskView[]> {
    const query = service === undefined ? "" : `?service=${encodeURIComponent(service)}`;
    return this.#get(`/v1/tasks${query}`, call, "master");
  }

  /** What the task says, as it says it; ends with the task where it is followed, or when its reader stops. */
  logs(task: string, query: LogsQuery, call?: CallOptions): Promise<AsyncIterable<Uint8Array>> {
    const path = `/v1/tasks/${encodeURIComponent(task)}/logs${queryOf(query)}`;
    const request = { ...get, path, of: "task", stream: true } as const;
    return this.#rounds.call(request, call?.signal) as Promise<AsyncIterable<Uint8Array>>;
  }

  /** Takes two seconds: the engine looks twice. */
  taskStats(task: string, call?: CallOptions): Promise<TaskStatsView> {
    return this.#get(`/v1/tasks/${encodeURIComponent(task)}/stats`, call, "task");
  }

  services(call?: CallOptions): Promise<ServiceView[]> {
    return this.#get("/v1/services", call, "master");
  }

  findService(name: string, call?: CallOptions): Promise<ServiceView | undefined> {
    return orUndefined(
      this.#get<ServiceView>(`/v1/services/${encodeURIComponent(name)}`, call, "master"),
    );
  }

  putService(service: ServiceInput, call?: CallOptions): Promise<ServiceView> {
    const path = `/v1/services/${encodeURIComponent(service.name)}`;
    return this.#change<ServiceView>("PUT", path, service, call);
  }

  async deleteService(name: string, call?: CallOptions): Promise<void> {
    await this.#change("DELETE", `/v1/services/${encodeURIComponent(name)}`, undefined, call);
  }

  why(service: string, call?: CallOptions): Promise<WhyView> {
    return this.#get(`/v1/services/${encodeURIComponent(service)}/why`, call, "master");
  }

  /** Where it would go; nothing is changed. */
  dryRun(service: ServiceInput, call?: CallOptions): Promise<DryRunView> {
    const path = `/v1/services/${encodeURIComponent(service.name)}/dry-run`;
    return this.#change<DryRunView>("POST", path, service, call);
  }

  frameworks(call?: CallOptions): Promise<FrameworkView[]> {
    return this.#get("/v1/frameworks", call, "master");
  }

  /** Kills the framework's tasks, and forgets it. */
  async teardown(id: string, call?: CallOptions): Promise<void> {
    await this.#change("DELETE", `/v1/frameworks/${encodeURIComponent(id)}`, undefined, call);
  }

  roles(call?: CallOptions): Promise<RoleView[]> {
    return this.#get("/v1/roles", call, "master");
  }

  putRole(role: RoleInput, call?: CallOptions): Promise<RoleView> {
    return this.#change<RoleView>("PUT", `/v1/roles/${encodeURIComponent(role.name)}`, role, call);
  }

  /** Back to weight 1 and no quota. */
  async deleteRole(name: string, call?: CallOptions): Promise<void> {
    await this.#change("DELETE", `/v1/roles/${encodeURIComponent(name)}`, undefined, call);
  }

  /** The agent at this client's one endpoint leaves the mesh and ends. Throws Error where there are several: which one would go? */
  async leave(options: { readonly stopTasks: boolean }, call?: CallOptions): Promise<void> {
    if (this.#endpoints !== 1)
      throw new Error(`leave needs a client of exactly one agent, this one has ${this.#endpoints}`);
    await this.#rounds.call(
      { method: "POST", path: "/v1/agent/leave", body: options, of: "agent", once: true },
      call?.signal,
    );
  }

  close(): void {
    this.#rounds.close();
  }

  // What comes back is typed, not checked: the answerer has proven by its certificate to be an agent of this cluster.
  #get<T>(path: string, call: CallOptions | undefined, of: Call["of"]): Promise<T> {
    const request = { ...get, path, of } as const;
    return this.#rounds.call(request, call?.signal) as Promise<T>;
  }

  #change<T>(
    method: "PUT" | "POST" | "DELETE",
    path: string,
    body: unknown,
    call: CallOptions | undefined,
  ): Promise<T> {
    const request = { method, path, body, of: "master", once: false } as const;
    return this.#rounds.call(request, call?.signal) as Promise<T>;
  }
}

const get = { method: "GET", body: undefined, once: false } as const;

function queryOf(query: LogsQuery): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(
    said.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === "" ? "" : `?${text}`;
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
