import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { FrameworkView, RoleView } from "../contract/index";
import type { Question } from "./question";
import { cell, table } from "./table";

type Inquire = <T>(command: Command, question: (words: string[]) => Question<T>) => void;
type Amounts = Readonly<Record<string, number>>;
interface SaidOfRole {
  readonly weight: number;
  readonly guarantee: Amounts;
  readonly limit: Amounts;
}

/** `covey frameworks` and `covey roles`: who shares the cluster, and how. */
export function registerFrameworks(
  add: (name: string, text: string) => Command,
  inquire: Inquire,
): void {
  const frameworks = add("frameworks", "who is offered resources, and what becomes of who is away");
  inquire(frameworks, () => ({
    ask: (client, call) => client.frameworks(call),
    show: showFrameworks,
  }));
  inquire(
    frameworks.command("remove <id>").description("kill all tasks of a framework and forget it"),
    ([id = ""]) => ({
      ask: async (client, call) => {
        await client.teardown(id, call);
        return { id };
      },
      show: () => `${id} is removed, its tasks are being killed\n`,
    }),
  );
  registerRoles(add("roles", "how the cluster is shared: weight, quota, what each has"), inquire);
}

function registerRoles(roles: Command, inquire: Inquire): void {
  inquire(roles, () => ({ ask: (client, call) => client.roles(call), show: showRoles }));
  const set = roles
    .command("set <role>")
    .description("say all there is to say of a role: what is left out is as if never said")
    .option("--weight <number>", "its part beside others that want the same", aboveZero, 1)
    .option("--guarantee <amounts>", "set aside for it, such as cpus=4,memMiB=2048", amounts, {})
    .option("--limit <amounts>", "it is offered no more than this", amounts, {});
  inquire(set, ([name = ""]) => {
    const { weight, guarantee, limit } = set.opts<SaidOfRole>();
    return {
      ask: (client, call) => client.putRole({ name, weight, guarantee, limit }, call),
      show: (role) => showRoles([role]),
    };
  });
  inquire(
    roles.command("unset <role>").description("back to weight 1 and no quota"),
    ([name = ""]) => ({
      ask: async (client, call) => {
        await client.deleteRole(name, call);
        return { name };
      },
      show: () => `${name} has weight 1 and no quota\n`,
    }),
  );
}

function showFrameworks(frameworks: readonly FrameworkView[]): string {
  return table(
    ["FRAMEWORK", "NAME", "ROLES", "STATE", "TASKS", "OFFERS"],
    frameworks.map((one) => [
      one.id,
      one.info.name,
      one.info.roles.join(", "),
      stateOf(one),
      String(one.tasks),
      String(one.offers),
    ]),
  );
}

function stateOf({ builtIn, connected, removedAtMs }: FrameworkView): string {
  if (builtIn) return "built in";
  if (connected) return "connected";
  return removedAtMs === undefined
    ? "away"
    : `away, removed at ${new Date(removedAtMs).toISOString()} unless it comes back`;
}

function showRoles(roles: readonly RoleView[]): string {
  return table(
    ["ROLE", "WEIGHT", "SHARE", "HAS", "GUARANTEE", "LIMIT", "FRAMEWORKS"],
    roles.map((role) => [
      role.name,
      String(role.weight),
      `${(role.dominantShare * role.weight * 100).toFixed(1)} %`,
      amountsOf({ cpus: role.consumed.cpus, memMiB: role.consumed.memMiB }),
      cell(amountsOf(role.guarantee)),
      cell(amountsOf(role.limit)),
      cell(role.frameworks.join(", ")),
    ]),
  );
}

function amountsOf(said: object): string {
  return Object.entries(said)
    .map(([kind, amount]) => `${kind}=${String(amount)}`)
    .join(",");
}

function aboveZero(text: string): number {
  const value = Number(text);
  if (!(value > 0))
    throw new InvalidArgumentError("must be a number above zero, such as 2 or 0.5.");
  return value;
}

/** Which there are the cluster says, in its own words. */
function amounts(text: string): Amounts {
  const pairs = text.split(",").map((part) => {
    const [kind = "", amount = ""] = part.split("=");
    const value = Number(amount);
    if (kind === "" || amount === "" || !(value >= 0))
      throw new InvalidArgumentError("must be amounts such as cpus=4,memMiB=2048.");
    return [kind, value] as const;
  });
  return Object.fromEntries(pairs);
}
