import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { nameSchema } from "../../contract/index";
import { clip, invalidInput, refuse } from "./problems";

/** The body, checked; a missing one counts as `{}`. Throws ProblemError. */
export function parseBody<S extends z.ZodType>(
  schema: S,
  request: FastifyRequest,
  what: string,
): z.output<S> {
  const input = request.body ?? {};
  const result = schema.safeParse(input);
  if (!result.success) throw invalidInput(result.error, input, what);
  return result.data;
}

export function parseQuery<S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> {
  const result = schema.safeParse(request.query);
  if (!result.success) throw invalidInput(result.error, request.query, "the query");
  return result.data;
}

/** The `:name` of the path, as it must be for most things: a DNS label. */
export function parseName(request: FastifyRequest): string {
  const name = nameOf(request);
  const result = nameSchema.safeParse(name);
  if (result.success) return result.data;
  const rule = result.error.issues[0]?.message ?? "must be a name";
  throw refuse(400, "bad-request", `'${clip(name)}' is no name: ${rule}`, {
    field: "name",
    rule,
  });
}

/** The `:name` of the path, whatever it is: names of roles are percent-encoded there. */
export function nameOf({ params }: FastifyRequest): string {
  const held = typeof params === "object" && params !== null && "name" in params;
  return held && typeof params.name === "string" ? params.name : "";
}
