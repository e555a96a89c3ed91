import { z } from "zod";
import { readProvision } from "../model/provision";
import type { Provision } from "../model/provision";

/** What an instance is given on its node before it starts. */
export const provisionSchema = z.strictObject({
  pull: z.enum(["missing", "always"]).optional(),
});

/** The stored form: what asks for nothing is not there, so that services of before keep their version. */
export function toProvision(
  input: z.output<typeof provisionSchema> | undefined,
): Provision | undefined {
  return readProvision({ pull: input?.pull === "always" ? "always" : undefined });
}
