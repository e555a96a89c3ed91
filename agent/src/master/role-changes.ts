import type { RoleView } from "../contract/index";
import type { RoleTerms } from "../model/role";
import { roleProblem } from "../model/role";
import { ControlError } from "../ports/control";
import type { Term } from "./term";

/** An old copy must not answer that nothing is said of a role: whoever asked would believe it. */
export function readRoles(term: Term): RoleView[] {
  const reason = term.writer.unread();
  if (reason) throw reason;
  return term.kernel.roles();
}

/** Quota and weight are taken as they are: also what the cluster cannot fulfil today, it may tomorrow. */
export async function putRole(term: Term, role: RoleTerms): Promise<RoleView> {
  const { name, guarantee, limit } = role;
  const problem = roleProblem(name);
  if (problem !== undefined) throw new ControlError("invalid", `role '${name}': ${problem}`);
  for (const [kind, most] of Object.entries(limit)) {
    const least = guarantee[kind as keyof typeof guarantee] ?? 0;
    if (least > (most as number))
      throw new ControlError(
        "invalid",
        `role '${name}': guarantee.${kind} ${least} is above its limit ${most as number}`,
      );
  }
  await term.writer.settled();
  await term.writer.commit([{ kind: "put-role", role }]);
  const view = term.kernel.roles().find((one) => one.name === name && one.stated);
  if (!view)
    throw new ControlError(
      "recovering",
      `role '${name}' is stored; the master has yet to act on it`,
    );
  return view;
}

export async function deleteRole(term: Term, name: string): Promise<void> {
  await term.writer.settled();
  const known = Object.keys(term.writer.desired.roles ?? {});
  if (!known.includes(name)) {
    const names = known.sort().join(", ") || "none";
    throw new ControlError("not-found", `nothing is said of role '${name}'; said of are: ${names}`);
  }
  await term.writer.commit([{ kind: "delete-role", name }]);
}
