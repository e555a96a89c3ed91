import { z } from "zod";
import { nameSchema } from "./service";

/** `POST /v1/nodes/NAME/drain`; `DELETE` of the same path takes it back. */
export const drainSchema = z.strictObject({
  /** After it the node's tasks are killed, moved or not. */
  deadlineMs: z.number().int().min(0).max(3_600_000).default(30_000),
});

/** `POST /v1/master/transfer`. */
export const transferSchema = z.strictObject({
  /** A voter; left out: any that is fit. */
  to: nameSchema.optional(),
});

/** `PUT /v1/voters`. */
export const votersSchema = z.strictObject({
  names: z
    .array(nameSchema)
    .refine(
      (names) => [1, 3, 5, 7].includes(names.length),
      "must be 1, 3, 5 or 7 names: an even number fails as soon as one fewer would, and without a voter there is no master",
    )
    .refine((names) => new Set(names).size === names.length, "must not name a node twice"),
});
