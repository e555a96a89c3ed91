import type { NodeView } from "../contract/index";
import type { Inventory } from "../ports/figures";
import type { Term } from "./term";

export function inventoryOf(term: Term, nodes: readonly NodeView[]): Inventory {
  const { kernel, schedulers } = term;
  const frameworks = schedulers.views().map((view) => {
    const ended = kernel.frameworks().get(view.id)?.endings.all() ?? {};
    return { ...view, ended };
  });
  const tasks = kernel.tasks().map(({ spec, status, role }) => ({ spec, status, role }));
  return { electedAtMs: term.begun.wallMs, nodes, frameworks, tasks };
}
