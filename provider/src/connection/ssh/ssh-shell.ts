import { Duplex, Readable, Writable } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { InstallError } from "../install-error";
import type { Operation } from "../operation";
import type { Shell, ShellResult, ShellRun } from "../shell";
import { openChannel, runInChannel, tailOf } from "./ssh-channel";
import type { Exit } from "./ssh-channel";
import { commandLine, dialScript, whySudoRefused } from "./ssh-command";
import type { SshMachine } from "./ssh-machine";

/** One operation's view of a machine: the connection is shared with others, the interrupt is its own. */
export class SshShell implements Shell {
  readonly description: string;

  constructor(
    private readonly machine: SshMachine,
    private readonly operation: Operation,
  ) {
    this.description = machine.description;
  }

  async run(script: string, args: readonly string[], options: ShellRun): Promise<ShellResult> {
    const { description, operation, machine } = this;
    const { sudo, user } = machine.target;
    const command = commandLine(script, args, sudo);
    const result = await machine.inChannel(operation, async (client) =>
      runInChannel(client, command, { ...options, description, signal: operation.signal }),
    );
    const refusal = sudo ? whySudoRefused(result.code, result.stderr, user) : undefined;
    if (refusal !== undefined)
      throw new InstallError(options.step, `${options.step} on ${description}: ${refusal}`, "ssh");
    return result;
  }

  /**
   * By sshd's own forwarding; as another user, or where that fails, by a program that joins the two: sshd does not tell
   * whether it may not or cannot, the program says why.
   */
  async dialSocket(path: string): Promise<Duplex> {
    const { client } = await this.machine.link(this.operation);
    if (this.machine.target.sudo) return dialByProgram(client, path, true);
    const forwarded = await forwardToSocket(client, path).catch(() => undefined);
    return forwarded ?? dialByProgram(client, path, false);
  }

  /** The machine's connection is closed by whoever shares it out. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function forwardToSocket(client: Client, path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.openssh_forwardOutStreamLocal(path, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}

/** What the program complains of becomes the stream's error. */
async function dialByProgram(client: Client, path: string, sudo: boolean): Promise<Duplex> {
  const exit: Exit = {};
  const channel = await openChannel(client, commandLine(dialScript, [path], sudo), { exit });
  return Duplex.from({
    readable: Readable.from(answerOf(channel, exit, path)),
    writable: requestTo(channel),
  });
}

/** The channel's end may come before its reason is known, so it is no error here: the answer tells it, when it has it. */
function requestTo(channel: ClientChannel): Writable {
  return new Writable({
    // The request's end is not the channel's: the answer is still to come.
    autoDestroy: false,
    write: (chunk: Buffer, _encoding, done) => {
      channel.write(chunk, () => {
        done();
      });
    },
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.close();
      done(error);
    },
  });
}

async function* answerOf(channel: ClientChannel, exit: Exit, path: string): AsyncGenerator<Buffer> {
  const complaint = tailOf(channel.stderr);
  const closed = new Promise<void>((resolve) => channel.once("close", resolve));
  for await (const chunk of channel.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  if (exit.code === undefined) await closed;
  if (exit.code === 0) return;
  const said = complaint().trim();
  throw new Error(said === "" ? `${path}: the program that reaches it was ended` : said);
}
