import { z } from "zod";

/** `POST /v1/nodes/NAME/drain`; `DELETE` of the same path takes it back. */
export const drainSchema = z.strictObject({
  /** After it the node's tasks are killed, moved or not. */
  deadlineMs: z.number().int().min(0).max(3_600_000).default(30_000),
});
