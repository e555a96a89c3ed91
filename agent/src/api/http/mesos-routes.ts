import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { agentSamples, masterSamples, mesosSnapshot } from "../../metrics/index";
import type { AgentControl, MasterControl } from "../../ports/control";
import { parseQuery } from "./input";
import type { MasterRoute } from "./master-routes";
import { mesosState } from "./mesos-state";

const shownTasks = 1000;
const mostTasks = 10_000;

/** Mesos' way to say how long; the answer is never that late, so it is only looked at. */
const duration = z
  .string()
  .regex(
    /^\d+(\.\d+)?(ns|us|ms|secs|mins|hrs|days|weeks)$/,
    "must be a number and one of ns, us, ms, secs, mins, hrs, days, weeks, as in 5secs",
  );
const snapshotQuery = z.strictObject({ timeout: duration.optional() });

const whole = z.string().regex(/^\d{1,9}$/, "must be a whole number from 0 to 999999999");
const stateQuery = z.strictObject({
  limit: whole
    .transform(Number)
    .refine((limit) => 1 <= limit && limit <= mostTasks, `must be from 1 to ${mostTasks}`)
    .default(shownTasks),
  offset: whole.transform(Number).default(0),
});

/** What tools made for Mesos ask its master. */
export const mesosRoutes: readonly MasterRoute[] = [
  { method: "GET", url: "/metrics/snapshot", answer: snapshot },
  { method: "GET", url: "/state", answer: state },
];

function snapshot(master: MasterControl, request: FastifyRequest, agent: AgentControl): unknown {
  parseQuery(snapshotQuery, request);
  const samples = [...agentSamples(agent.figures()), ...masterSamples(master.masterFigures())];
  return mesosSnapshot(samples);
}

function state(master: MasterControl, request: FastifyRequest, agent: AgentControl): unknown {
  const page = parseQuery(stateQuery, request);
  return mesosState(master.inventory(), {
    status: agent.status(),
    leader: agent.master()?.view,
    page,
  });
}
