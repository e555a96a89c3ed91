import type { Session } from "./session";

/** The live streams of this agent, at most one a framework. */
export class Sessions {
  private readonly byFramework = new Map<string, Session>();

  get size(): number {
    return this.byFramework.size;
  }

  of(framework: string): Session | undefined {
    return this.byFramework.get(framework);
  }

  add(session: Session): void {
    this.byFramework.set(session.frameworkId, session);
  }

  remove(session: Session): void {
    if (this.of(session.frameworkId) === session) this.byFramework.delete(session.frameworkId);
  }

  close(): void {
    for (const session of this.byFramework.values()) session.close();
    this.byFramework.clear();
  }
}
