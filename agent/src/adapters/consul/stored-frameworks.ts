import type { FrameworkCapability, KnownFramework } from "../../model/framework";
import { plainFramework } from "../../model/framework";
import type { RoleAmounts, RoleTerms } from "../../model/role";
import { list, number, oneOf, record, sameName, text, texts, word } from "./stored-fields";

// As a record, so that the compiler asks for what the model gains.
const capabilities: Readonly<Record<FrameworkCapability, true>> = {
  TASK_KILLING_STATE: true,
  GPU_RESOURCES: true,
  PARTITION_AWARE: true,
  MULTI_ROLE: true,
  RESERVATION_REFINEMENT: true,
  REGION_AWARE: true,
};
const aWeekMs = 7 * 24 * 3600 * 1000;

/** Capabilities of a newer version say nothing to us and are passed over. */
export function decodeFramework(id: string, value: unknown): KnownFramework {
  const known = record(value, "the value");
  if (known["id"] !== id) throw new Error(`its key says '${id}', its id another`);
  const info = record(known["info"], "info");
  const said = list(info, "capabilities");
  return {
    id,
    info: {
      name: text(info, "name"),
      user: text(info, "user"),
      principal: info["principal"] === undefined ? undefined : text(info, "principal"),
      roles: list(info, "roles").map(word),
      capabilities: said.filter(isCapability),
      failoverTimeoutMs: number(info, "failoverTimeoutMs"),
      hostname: text(info, "hostname"),
      webuiUrl: text(info, "webuiUrl"),
      labels: texts(info, "labels"),
    },
  };
}

function isCapability(value: unknown): value is FrameworkCapability {
  return typeof value === "string" && Object.hasOwn(capabilities, value);
}

/** What stands for one whose value is damaged: its tasks must not look as if they were nobody's. */
export function unreadableFramework(id: string): KnownFramework {
  return { id, info: { ...plainFramework(id, ["*"]), failoverTimeoutMs: aWeekMs } };
}

export function decodeRole(name: string, value: unknown): RoleTerms {
  const role = record(value, "the value");
  const weight = number(role, "weight");
  if (weight <= 0) throw new Error("weight is not above zero");
  return {
    name: sameName(role, name),
    weight,
    guarantee: decodeAmounts(role["guarantee"], "guarantee"),
    limit: decodeAmounts(role["limit"], "limit"),
  };
}

const amounts = ["cpus", "memMiB", "diskMiB", "gpus"] as const;

function decodeAmounts(value: unknown, what: string): RoleAmounts {
  const fields = record(value, what);
  for (const name of Object.keys(fields)) oneOf({ [what]: name }, what, amounts);
  return Object.fromEntries(Object.keys(fields).map((name) => [name, number(fields, name)]));
}
