/** `GET /v1/tasks/ID/exec`: a WebSocket to a command in a task's container. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { execMessageBytesMax } from "../../contract/index";
import type { Control } from "../../ports/control";
import type { Log } from "../../ports/log";
import type { TaskExec } from "../../ports/task-exec";
import { endWithProblem } from "./broken-request";
import { serveExec } from "./exec-session";
import { clip, internalProblem, refuse, toProblem } from "./problems";
import { asked, otherPlace, taskId } from "./task-place";
import type { TokenGuard } from "./token";

export interface ExecWorld {
  readonly control: () => Control;
  readonly exec: TaskExec;
  readonly guard: TokenGuard;
  readonly log: Log;
}

/** Side by side on one agent. */
const sessionsMax = 32;
const path = /^\/v1\/tasks\/([^/?]+)\/exec$/;

export class ExecDoor {
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: execMessageBytesMax,
    perMessageDeflate: false,
  });

  constructor(private readonly world: ExecWorld) {}

  /** Takes all that asks for another protocol on this server. */
  attach(server: Server): void {
    server.on("upgrade", (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      this.#take(request, socket, head).catch((error: unknown) => {
        endWithProblem(socket, this.#problemOf(error, request));
      });
    });
  }

  /** Ends all that runs; their clients see a broken connection. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async #take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const from = request.socket.remoteAddress ?? "";
    await this.world.guard.admit(request.headers.authorization, from);
    const url = new URL(request.url ?? "", "https://agent");
    const [, named] = path.exec(url.pathname) ?? [];
    if (named === undefined || request.method !== "GET")
      throw refuse(404, "not-found", `${clip(url.pathname)} takes no WebSocket`, {
        rule: "must be /v1/tasks/ID/exec",
      });
    const id = taskId(decodeURIComponent(named));
    if (this.#sockets.clients.size >= sessionsMax)
      throw refuse(409, "conflict", `${sessionsMax} commands run in tasks here: end one first`);
    if (!(await asked(() => this.world.exec.has(id)))) {
      const at = url.searchParams.get("at") ?? undefined;
      const location = otherPlace(this.world.control(), request.url ?? "", { id, at });
      socket.end(
        `HTTP/1.1 307 Temporary Redirect\r\nlocation: ${location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      // What is run is not written down: it may hold secrets.
      this.world.log.info("a command is run in a task", { task: id, from });
      void serveExec(client, { id, exec: this.world.exec, log: this.world.log });
    });
  }

  #problemOf(error: unknown, { method = "", url = "" }: IncomingMessage) {
    const known = toProblem(error);
    if (known) return known;
    this.world.log.error("a command in a task was not begun", { error: String(error) });
    return internalProblem(method, clip(url.split("?", 1)[0] ?? ""));
  }
}
