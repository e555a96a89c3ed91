import { PassThrough } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { runInChannel } from "./ssh-channel";

/** A channel whose other side says in one go that the command has begun, what it says, and how it ended. */
function clientOf(code: number | null, signal?: string): Client {
  const channel = Object.assign(new PassThrough(), {
    stderr: new PassThrough(),
    signal: () => undefined,
    close: () => undefined,
  });
  return {
    exec: (_command: string, begun: (error: undefined, channel: ClientChannel) => void) => {
      begun(undefined, channel as unknown as ClientChannel);
      channel.emit("exit", code, signal);
      return true;
    },
  } as unknown as Client;
}

const run = { step: "look", deadlineMs: 5000, description: "ssh a@b", signal: undefined };

test("how a command ended is not missed where it comes in one packet with its begin", async () => {
  expect(await runInChannel(clientOf(3), "false", run)).toMatchObject({ code: 3 });
});

test("nor is the signal that killed it", async () => {
  await expect(runInChannel(clientOf(null, "KILL"), "sleep", run)).rejects.toThrow(
    "it was killed by KILL",
  );
});
