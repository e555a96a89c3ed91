import type { AgentConnection, MasterMessage } from "../ports/master-link";

/** Which stream leads to which agent. An agent has one: the newest. */
export class AgentLinks {
  private readonly byNode = new Map<string, AgentConnection>();

  attach(connection: AgentConnection): void {
    const before = this.byNode.get(connection.node);
    this.byNode.set(connection.node, connection);
    if (before && before !== connection) before.close("the agent has attached again");
  }

  /** false: it had been replaced already, or had never attached. */
  detach(connection: AgentConnection): boolean {
    if (!this.holds(connection)) return false;
    return this.byNode.delete(connection.node);
  }

  holds(connection: AgentConnection): boolean {
    return this.byNode.get(connection.node) === connection;
  }

  send(node: string, message: MasterMessage): void {
    this.byNode.get(node)?.send(message);
  }

  close(node: string, reason: string): void {
    this.byNode.get(node)?.close(reason);
  }

  closeAll(reason: string): void {
    const all = [...this.byNode.values()];
    this.byNode.clear();
    for (const connection of all) connection.close(reason);
  }
}
