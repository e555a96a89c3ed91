import { createHmac } from "node:crypto";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { digestedText, secretPurpose } from "@covey/agent/contract";
import type { ServiceInput } from "@covey/agent/contract";
import { issueNodeCertificate } from "../../src/connection";
import type { KeyPair } from "../../src/connection";
import { authority, token } from "./driver";
import { FakeRoles } from "./fake-roles";

type Json = Readonly<Record<string, unknown>>;

/** A cluster of one that answers as the API does; what it says of a service is set by the test. */
export class FakeCluster {
  readonly services = new Map<string, Json>();
  /** What was said of roles, as put. */
  readonly roles = new Map<string, Json>();
  readonly #fakeRoles = new FakeRoles(this.roles);
  readonly puts: Json[] = [];
  /** What is said of a service once it is put, in turn; the last is repeated. */
  views: Json[] = [{ phase: "running" }];
  tasks: Json[][] = [[]];
  why: Json = { refusals: [], failures: [] };
  /** What is said of places, and what was asked for them. */
  dryRun: Json | undefined;
  readonly dryRuns: Json[] = [];
  /** Answered instead of everything but a dry run, so many times. */
  problems: Json[] = [];
  readonly #server: Server;
  #looks = 0;

  private constructor({ certificate, privateKey }: KeyPair) {
    this.#server = createServer({ cert: certificate, key: privateKey }, (asked, answer) => {
      void this.#answer(asked, answer);
    });
  }

  static async make(): Promise<FakeCluster> {
    const request = { commonName: "n1", dnsNames: ["n1"], ipAddresses: ["127.0.0.1"] };
    return new FakeCluster(await issueNodeCertificate(authority, request, new Date()));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) =>
      this.#server.close(() => {
        resolve();
      }),
    );
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of asked) body += String(chunk);
    const [status, json] = this.#judge(asked, body);
    answer.writeHead(status, { "content-type": "application/json" });
    answer.end(JSON.stringify(json));
  }

  #judge(asked: IncomingMessage, body: string): [number, unknown] {
    if (asked.headers.authorization !== `Bearer ${token}`)
      return [401, { code: "unauthorized", detail: "the token is wrong" }];
    const dryRun = /^\/v1\/services\/([^/]+)\/dry-run$/.exec(asked.url ?? "")?.[1];
    if (dryRun !== undefined) return this.#dryRun(dryRun, body);
    const problem = this.problems.shift();
    if (problem) return [Number(problem["status"]), problem];
    return this.#fakeRoles.answer(asked.method, asked.url ?? "", body) ?? this.#rest(asked, body);
  }

  #dryRun(name: string, body: string): [number, unknown] {
    this.dryRuns.push(JSON.parse(body) as Json);
    return this.dryRun
      ? [200, { service: name, ...this.dryRun }]
      : [404, { code: "not-found", detail: "no such path" }];
  }

  #rest(asked: IncomingMessage, body: string): [number, unknown] {
    const path = (asked.url ?? "").split("?")[0] ?? "";
    if (path === "/v1/tasks") {
      const [tasks = []] = this.tasks.length > 1 ? this.tasks.splice(0, 1) : this.tasks;
      return [200, tasks];
    }
    const name = /^\/v1\/services\/([^/]+)/.exec(path)?.[1] ?? "";
    if (path.endsWith("/why")) return [200, { service: name, ...this.why }];
    return this.#service(asked.method, name, body);
  }

  #service(method: string | undefined, name: string, body: string): [number, unknown] {
    if (method === "PUT") return [200, this.#put(name, JSON.parse(body) as Json)];
    if (!this.services.has(name))
      return [404, { code: "not-found", detail: `there is no service '${name}'` }];
    if (method === "DELETE") {
      this.services.delete(name);
      return [204, undefined];
    }
    this.#looks++;
    return [200, this.#view(name)];
  }

  #put(name: string, spec: Json): Json {
    this.puts.push(spec);
    const provision = shownProvision(name, spec["provision"] as Provision | undefined);
    this.services.set(name, { ports: [], env: {}, constraints: [], ...spec, provision });
    this.#looks = 0;
    return this.#view(name);
  }

  #view(name: string): Json {
    const spec = this.services.get(name) ?? {};
    const { instances, ...rest } = spec;
    const healthy = instances;
    const said = this.views[Math.min(this.#looks, this.views.length - 1)];
    const version = String(JSON.stringify(rest).length);
    return {
      spec,
      version,
      phase: "running",
      running: healthy,
      healthy,
      updated: healthy,
      failures: 0,
      ...said,
    };
  }
}

type Provision = NonNullable<ServiceInput["provision"]>;

/** As an agent shows it. */
function shownProvision(service: string, provision: Provision | undefined): Json | undefined {
  if (!provision) return undefined;
  const { pull, registryAuth, secrets } = provision;
  const digest = (what: string, value: string): string =>
    createHmac("sha256", token)
      .update(digestedText(service, what, value))
      .digest("hex");
  return {
    pull,
    registryAuth: registryAuth && {
      username: registryAuth.username,
      passwordDigest: digest(secretPurpose.registryPassword, registryAuth.password),
    },
    secrets:
      secrets &&
      Object.entries(secrets).map(([name, value]) => ({
        name,
        digest: digest(secretPurpose.secret(name), value),
      })),
  };
}
