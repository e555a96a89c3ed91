import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  digestedText,
  drainSchema,
  nameSchema,
  serviceSchema,
  toServiceSpec,
} from "../../contract/index";
import { transferSchema, votersSchema } from "../../contract/index";
import type { MasterTerm, TaskView, VotersView } from "../../contract/index";
import type { ServiceSpec } from "../../model/service";
import type { AgentControl, MasterControl } from "../../ports/control";
import { clip, refuse } from "./problems";
import { parseBody, parseName, parseQuery } from "./input";
import { credentialsOf } from "./token";

/** One route only the master answers; what `answer` returns is the body, undefined is 204. */
export interface MasterRoute {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly url: string;
  answer(master: MasterControl, request: FastifyRequest, agent: AgentControl): unknown;
}

const noQuery = z.strictObject({});
const tasksQuery = z.strictObject({ service: nameSchema.optional() });

export const masterRoutes: readonly MasterRoute[] = [
  get("/v1/nodes", (master) => master.nodes()),
  get("/v1/nodes/:name", (master, request) => {
    const name = parseName(request);
    const node = master.nodes().find((one) => one.name === name);
    if (!node) throw missing("node", name, "GET /v1/nodes lists them");
    return node;
  }),
  { method: "POST", url: "/v1/nodes/:name/drain", answer: drain },
  remove("/v1/nodes/:name/drain", (master, request) => master.undrain(parseName(request))),
  remove("/v1/nodes/:name", (master, request) => master.forget(parseName(request))),
  { method: "POST", url: "/v1/master/transfer", answer: transfer },
  get("/v1/voters", (master) => master.voters()),
  { method: "PUT", url: "/v1/voters", answer: setVoters },
  { method: "GET", url: "/v1/tasks", answer: listTasks },
  get("/v1/services", (master) => master.services()),
  get("/v1/services/:name", (master, request) => {
    const name = parseName(request);
    const service = master.services().find((one) => one.spec.name === name);
    if (!service) throw missing("service", name, "GET /v1/services lists them");
    return service;
  }),
  { method: "PUT", url: "/v1/services/:name", answer: putService },
  remove("/v1/services/:name", (master, request) => master.deleteService(parseName(request))),
  {
    method: "POST",
    url: "/v1/services/:name/dry-run",
    answer: (master, request) => master.dryRun(namedService(request)),
  },
  get("/v1/services/:name/why", (master, request) => master.why(parseName(request))),
];

function drain(master: MasterControl, request: FastifyRequest): Promise<void> {
  const { deadlineMs } = parseBody(drainSchema, request, "the drain request");
  return master.drain(parseName(request), deadlineMs);
}

function transfer(master: MasterControl, request: FastifyRequest): Promise<MasterTerm> {
  return master.transfer(parseBody(transferSchema, request, "the transfer request").to);
}

function setVoters(master: MasterControl, request: FastifyRequest): Promise<VotersView> {
  return master.setVoters(parseBody(votersSchema, request, "the list of voters").names);
}

function listTasks(master: MasterControl, request: FastifyRequest): TaskView[] {
  const { service } = parseQuery(tasksQuery, request);
  const tasks = master.tasks();
  return service === undefined ? tasks : tasks.filter((task) => task.service === service);
}

function putService(master: MasterControl, request: FastifyRequest): unknown {
  return master.putService(namedService(request));
}

/** The one in the body, whose name must be that of the path. */
function namedService(request: FastifyRequest): ServiceSpec {
  const name = parseName(request);
  const service = parseBody(serviceSchema, request, `service '${clip(name)}'`);
  if (service.name !== name)
    throw refuse(
      400,
      "bad-request",
      `the path names service '${name}', the body '${service.name}': they must be equal`,
      { field: "name", rule: "must equal the name in the path" },
    );
  return toServiceSpec(service, (what, value) =>
    createHmac("sha256", tokenOf(request))
      .update(digestedText(name, what, value))
      .digest("hex"),
  );
}

/** The cluster's: no other is admitted. */
function tokenOf({ headers }: FastifyRequest): string {
  return credentialsOf(headers.authorization)?.token ?? "";
}

export function get(url: string, answer: MasterRoute["answer"]): MasterRoute {
  return {
    method: "GET",
    url,
    answer: (master, request, agent) => {
      parseQuery(noQuery, request);
      return answer(master, request, agent);
    },
  };
}

export function remove(url: string, answer: MasterRoute["answer"]): MasterRoute {
  return { method: "DELETE", url, answer };
}

function missing(kind: string, name: string, wayOut: string): Error {
  return refuse(404, "not-found", `there is no ${kind} '${name}'; ${wayOut}`);
}
