import type { AgentControl, Control, MasterControl } from "../../ports/control";
import { refuse } from "./problems";

export type ToMaster =
  | { readonly kind: "here"; readonly master: MasterControl }
  /** Base URL of the master's API. */
  | { readonly kind: "elsewhere"; readonly api: string };

/** Where a request for the master goes. Throws ProblemError where there is none (yet). */
export function findMaster(control: Control): ToMaster {
  if (control.master) return { kind: "here", master: control.master };
  const known = control.agent.master();
  if (known === undefined) throw noMaster(control.agent);
  // Elected, but its kernel is not up: sending the client to ourselves would be a circle.
  if (known.self)
    throw refuse(
      503,
      "recovering",
      `${known.view.name} has just become master and is still taking over: try again in a second`,
      { headers: { "retry-after": "1" } },
    );
  return { kind: "elsewhere", api: known.view.api };
}

function noMaster(agent: AgentControl): Error {
  const { voters, node } = agent.status();
  const missing = voters.filter((voter) => voter.status !== "alive");
  const needed = Math.floor(voters.length / 2) + 1;
  const alive = voters.length - missing.length;
  const names = missing.map((voter) => `${voter.name} (${voter.status})`).join(", ");
  const why =
    alive >= needed
      ? `${alive} of ${voters.length} voters are alive, so one is being elected: try again in a few seconds`
      : `${needed} of ${voters.length} voters must be alive to elect one and ${alive} are; missing: ${names}. Start their agents, or check the network between them`;
  return refuse(503, "no-master", `${node} knows of no master: ${why}`, {
    headers: { "retry-after": "2" },
  });
}
