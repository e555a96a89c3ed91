import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { AgentControl } from "../../ports/control";
import { parseBody } from "./input";

/** One route that every agent answers for itself, never redirected. */
export interface AgentRoute {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Needs no token, and so tells nothing. */
  readonly open: boolean;
  answer(agent: AgentControl, request: FastifyRequest): AgentAnswer;
}

interface AgentAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Done when the answer is on its way, for it may end this process. */
  after?(): Promise<void>;
}

const leaveSchema = z.strictObject({ stopTasks: z.boolean().default(false) });

export const agentRoutes: readonly AgentRoute[] = [
  {
    method: "GET",
    url: "/v1/health",
    open: true,
    answer: (agent) => ok({ ok: true, node: agent.status().node }),
  },
  // What load balancers poll: that an answer comes is all it says.
  { method: "GET", url: "/health", open: true, answer: () => ok(undefined) },
  { method: "GET", url: "/v1/status", open: false, answer: (agent) => ok(agent.status()) },
  { method: "GET", url: "/v1/agent", open: false, answer: (agent) => ok(agent.agent()) },
  { method: "GET", url: "/v1/members", open: false, answer: (agent) => ok(agent.members()) },
  {
    method: "POST",
    url: "/v1/agent/leave",
    open: false,
    answer: leave,
  },
];

function ok(body: unknown): AgentAnswer {
  return { status: 200, body };
}

function leave(agent: AgentControl, request: FastifyRequest): AgentAnswer {
  const options = parseBody(leaveSchema, request, "the leave request");
  return {
    status: 202,
    body: { leaving: agent.agent().node, ...options },
    after: () => agent.leave(options),
  };
}
