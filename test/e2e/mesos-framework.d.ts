/** What the tests use of npm `mesos-framework` 0.5.3, which has no types of its own. */
declare module "mesos-framework" {
  import type { ClientRequest } from "node:http";
  import type { EventEmitter } from "node:events";

  interface LaunchedTask {
    readonly taskId: string;
    readonly runtimeInfo?: { readonly state?: string; readonly agentId?: string };
  }

  class Scheduler extends EventEmitter {
    constructor(options: Record<string, unknown>);
    frameworkId: string | null;
    readonly options: { masterUrl: string; port: number };
    readonly launchedTasks: LaunchedTask[];
    httpRequest: ClientRequest;
    requestTemplate: Record<string, unknown> & { headers: Record<string, string> };
    generateRequestTemplate: () => void;
    subscribe(): void;
    kill(taskId: string, agentId: string): void;
    reconcile(): void;
    teardown(): void;
  }

  /** Makes messages of mesos.proto by position. */
  type Make = new (...fields: unknown[]) => object;
  const Mesos: {
    getMesos(): {
      ContainerInfo: Make & {
        Type: { DOCKER: unknown };
        DockerInfo: Make;
      };
      CommandInfo: Make;
    };
  };
}
