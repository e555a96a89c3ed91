import type { AddressInfo } from "node:net";
import { Client, Server, utils } from "ssh2";
import type { ServerChannel } from "ssh2";
import { runInChannel } from "./ssh-channel";

/**
 * A server whose commands end in the moment they begin: on loopback both are then read as one. `end` ends them, or they would
 * go on.
 */
async function withServer<T>(
  end: (channel: ServerChannel) => void,
  work: (client: Client) => Promise<T>,
  refusals = 0,
): Promise<T> {
  let refused = 0;
  const { private: key } = utils.generateKeyPairSync("ed25519");
  const server = new Server({ hostKeys: [key] }, (connection) => {
    connection.on("error", () => undefined);
    connection.on("authentication", (request) => request.accept());
    connection.on("session", (accept, reject) => {
      if (refused++ < refusals) {
        reject();
        return;
      }
      accept().on("exec", (begin) => {
        const channel = begin();
        end(channel);
        channel.end();
      });
    });
  });
  const client = new Client();
  try {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      client.once("ready", resolve).once("error", reject);
      client.connect({ host: "127.0.0.1", port, username: "a" });
    });
    return await work(client);
  } finally {
    client.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

const run = { step: "look", deadlineMs: 5000, description: "ssh a@b", signal: undefined };

test("how a command ended is not missed where it ends in the moment it begins", async () => {
  const codes = await withServer(
    (channel) => channel.exit(3),
    (client) => Promise.all(Array.from({ length: 20 }, () => runInChannel(client, "false", run))),
  );
  expect(codes.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 3));
});

test("nor is the signal that killed it", async () => {
  const killed = withServer(
    (channel) => channel.exit("KILL"),
    (client) => runInChannel(client, "sleep", run),
  );
  await expect(killed).rejects.toThrow("it was killed by");
});

test("a command that the server has no session free for is asked again", async () => {
  const { code } = await withServer(
    (channel) => channel.exit(0),
    (client) => runInChannel(client, "true", run),
    3,
  );
  expect(code).toBe(0);
});

test("one that is refused again and again is not asked for ever, and the reason is the server's", async () => {
  const refused = withServer(
    (channel) => channel.exit(0),
    (client) => runInChannel(client, "true", run),
    Infinity,
  );
  await expect(refused).rejects.toThrow("look on ssh a@b: (SSH) Channel open failure");
});
