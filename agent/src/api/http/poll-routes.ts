import type { Server } from "node:https";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Control } from "../../ports/control";
import type { Metrics } from "../../ports/metrics";
import { refuse } from "./problems";
import { findMaster } from "./to-master";

export interface PollOptions {
  readonly control: () => Control;
  /** undefined: none are kept. */
  readonly metrics?: Metrics;
}

const noMetrics: Metrics = {
  answered: () => undefined,
  exposition: () => Promise.resolve({ contentType: "text/plain", text: "" }),
};

const metricsPath = "/metrics";
const redirectPath = "/redirect";

/** What tools ask of any agent, beside agent-routes: answers that are no JSON. */
export const pollRoutes = [metricsPath, redirectPath].map((url) => ({ method: "GET", url }));

export function addPollRoutes(
  app: FastifyInstance<Server>,
  { control, metrics = noMetrics }: PollOptions,
): void {
  app.addHook("onResponse", (request, reply, done) => {
    metrics.answered({
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
  app.get(metricsPath, async (_request, reply) => {
    const { contentType, text } = await metrics.exposition();
    return reply.type(contentType).send(text);
  });
  app.get(redirectPath, (_request, reply) => toMaster(control(), reply));
}

/** The pattern of a route of ours; all others are one. */
function routeOf(request: FastifyRequest): string {
  return request.is404 ? "none" : (request.routeOptions.url ?? "none");
}

/** Also on the master itself, which it names then. */
function toMaster(control: Control, reply: FastifyReply): FastifyReply {
  const where = findMaster(control);
  const api = where.kind === "elsewhere" ? where.api : control.agent.master()?.view.api;
  if (api === undefined)
    throw refuse(503, "recovering", "the master is just changing: try again in a second", {
      headers: { "retry-after": "1" },
    });
  return reply.redirect(`${api}/`, 307);
}
