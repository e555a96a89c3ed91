import { z } from "zod";
import type { FrameworkInfo } from "../model/framework";
import type { RoleAmounts, RoleTerms } from "../model/role";
import { roleProblem } from "../model/role";

/** A framework as operators see it. */
export interface FrameworkView {
  readonly id: string;
  readonly info: FrameworkInfo;
  readonly builtIn: boolean;
  readonly connected: boolean;
  /** Wall clock; when it is removed unless it comes back; undefined: it is connected. */
  readonly removedAtMs: number | undefined;
  readonly tasks: number;
  readonly offers: number;
}

/** A role as operators see it. */
export interface RoleView extends RoleTerms {
  /** An operator has said something of it; otherwise it is here because a framework is in it. */
  readonly stated: boolean;
  /** Counted against its quota, with what the roles below it have. */
  readonly consumed: Required<RoleAmounts>;
  /** The largest part of any scalar of the cluster that it has, over its weight. */
  readonly dominantShare: number;
  /** Ids of those in it. */
  readonly frameworks: readonly string[];
}

const amount = z.number().min(0).max(1e12);
const amountsSchema = z.strictObject({
  cpus: amount.optional(),
  memMiB: amount.optional(),
  diskMiB: amount.optional(),
  gpus: amount.optional(),
});

/** `PUT /v1/roles/NAME`: all of what is said of it, idempotent. */
export const roleSchema = z.strictObject({
  name: z.string().superRefine((name, context) => {
    const message = roleProblem(name);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  }),
  weight: z.number().gt(0).max(1_000_000).default(1),
  guarantee: amountsSchema.default({}),
  limit: amountsSchema.default({}),
});

export type RoleInput = z.input<typeof roleSchema>;

/** What was not said is absent, never undefined. */
export function toRoleTerms({ guarantee, limit, ...role }: z.output<typeof roleSchema>): RoleTerms {
  return { ...role, guarantee: saidOf(guarantee), limit: saidOf(limit) };
}

function saidOf(amounts: z.output<typeof amountsSchema>): RoleAmounts {
  return Object.fromEntries(Object.entries(amounts).filter(([, value]) => value !== undefined));
}
