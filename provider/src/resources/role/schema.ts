import { roleProblem } from "@covey/agent/contract";
import { attributes, custom, numberBetween, requiresReplace } from "../../plugin";
import type { Model, PlanModel } from "../../plugin";

const { number, single, string } = attributes;

const amountMax = 1e12;
const weightMax = 1_000_000;

function amount(description: string) {
  return number({ optional: true, validators: [numberBetween(0, amountMax)], description });
}

const amounts = {
  cpus: amount("Processors; parts of one are fine."),
  memory_mib: amount("Memory, MiB."),
  disk_mib: amount("Disk, MiB."),
  gpus: amount("Whole GPUs."),
};

export const roleSchema = {
  description:
    "How a role shares the cluster with others: its weight, what is set aside for it, and how much it may have. A role is a path such as `eng/web`; frameworks are in roles, services in `services`. Import with its name; the cluster then comes from the provider's `access_key` or COVEY_ACCESS_KEY.",
  attributes: {
    id: string({ computed: true, description: "`CLUSTER/NAME`." }),
    name: string({
      required: true,
      validators: [
        custom(
          "parts joined by `/`, without space, none of them `.`, `..` or `*`, or with `-` in front",
          roleProblem,
        ),
      ],
      planModifiers: [requiresReplace()],
      description: "Its name, a path such as `eng/web`.",
    }),
    cluster: string({
      required: true,
      sensitive: true,
      description: "The cluster's `access_key`.",
    }),
    weight: number({
      optional: true,
      default: 1,
      validators: [
        custom(`above 0, at most ${weightMax}`, (weight) =>
          weight > 0 && weight <= weightMax
            ? undefined
            : `${weight} must be above 0 and at most ${weightMax}`,
        ),
      ],
      description: "How much it may have beside others that want the same, relative to theirs.",
    }),
    guarantee: single(amounts, {
      optional: true,
      description: "Set aside for it and the roles below it, whoever else wants it.",
    }),
    limit: single(amounts, {
      optional: true,
      description: "It is offered no more than this; tasks that run above it go on.",
    }),
  },
} as const;

export type RoleModel = Model<typeof roleSchema>;
export type RolePlan = PlanModel<typeof roleSchema>;
