import type { Term } from "../../agent/src/master/term";
import type { NodeInfo } from "../../agent/src/model/node-info";
import type { TaskRecord, TaskSpec } from "../../agent/src/model/task";
import type { AgentConnection, MasterMessage } from "../../agent/src/ports/master-link";
import { taskStatus } from "../../agent/test/fakes/specs";

/** What a container engine would have called it. */
const containerId = "0123456789ab";

/** One simulated agent's end of its stream: what the master says to it waits until the fleet's turn. */
class FleetAgent implements AgentConnection {
  constructor(
    readonly node: string,
    private readonly fleet: Fleet,
  ) {}

  send(message: MasterMessage): void {
    this.fleet.hear(this, message);
  }

  close(reason: string): void {
    throw new Error(`the master closed the stream of ${this.node}: ${reason}`);
  }
}

/**
 * Agents without containers: whatever is launched runs at once and says so, as a worker does. Without streams too:
 * the master's messages go straight into a list, which `work` answers.
 */
export class Fleet {
  launched = 0;
  /** Statuses that a framework has taken note of. */
  acknowledged = 0;
  private readonly launches: { readonly agent: FleetAgent; readonly spec: TaskSpec }[] = [];
  private reported = 0;

  constructor(private readonly term: Term) {}

  attach(node: NodeInfo, tasks: readonly TaskRecord[] = []): void {
    this.term.agentSaid(new FleetAgent(node.name, this), { kind: "attach", node, tasks });
  }

  /** Everything launched runs; one status after the other, as they would come in. */
  work(): void {
    for (let next = this.launches.pop(); next; next = this.launches.pop()) {
      const { agent, spec } = next;
      this.term.agentSaid(agent, { kind: "status", spec, status: this.running(agent, spec) });
    }
  }

  hear(agent: FleetAgent, message: MasterMessage): void {
    if (message.kind === "acknowledge") this.acknowledged++;
    if (message.kind !== "launch") return;
    this.launched++;
    this.launches.push({ agent, spec: message.spec });
  }

  private running({ node }: FleetAgent, { id }: TaskSpec): TaskRecord["status"] {
    const uuid = `${node}/${++this.reported}`;
    return taskStatus(id, node, "TASK_RUNNING", { containerId, uuid, atMs: Date.now() });
  }
}
