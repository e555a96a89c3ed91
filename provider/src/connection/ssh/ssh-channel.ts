import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { InstallError, reasonOf } from "../install-error";
import type { ShellResult, ShellRun } from "../shell";

const outputBytesMax = 64 * 1024 * 1024;
const stderrBytesMax = 4096;
/** So long a server may refuse one more command before it is believed. */
const refusedForMs = 3000;
const refusedPauseMs = 50;

export interface ChannelRun extends ShellRun {
  /** Of the machine, for messages. */
  readonly description: string;
  /** The operation's: it ends what goes on. */
  readonly signal: AbortSignal | undefined;
}

/** Runs one command in a channel of its own. Throws InstallError where its end is not seen in time. */
export async function runInChannel(
  client: Client,
  command: string,
  run: ChannelRun,
): Promise<ShellResult> {
  const guard = guarded(run);
  let channel: ClientChannel | undefined;
  try {
    const exit: Exit = {};
    const opened = openChannel(client, command, { exit, signal: run.signal });
    channel = await Promise.race([opened, guard.failed]);
    return await Promise.race([ended(channel, exit, run), guard.failed]);
  } catch (error) {
    if (error instanceof InstallError) throw error;
    const reason = reasonOf(error);
    throw failure(run, whyNotBegun(reason));
  } finally {
    guard.dismiss();
    // A command that is still there is told; it may be one that does not listen.
    if (channel?.writable === true) channel.signal("KILL");
    channel?.close();
  }
}

/** As ssh2 says it, whose channel was asked for and never came, or came and was closed at once. */
function whyNotBegun(reason: string): string {
  const broke = "the connection broke before it had begun";
  if (/^(No response from server|Not connected)/.test(reason)) return broke;
  if (!reason.startsWith("Unable to exec")) return reason;
  return `${broke}, or the SSH server lets this user run no commands (ForceCommand, a shell such as nologin)`;
}

/** How a command ended, once the other side has said so. */
export interface Exit {
  code?: number | null;
  signal?: string | undefined;
}

interface Opening {
  readonly exit?: Exit;
  readonly signal?: AbortSignal | undefined;
}

/**
 * sshd counts a session (MaxSessions) until it has put away what was closed, and it reads on before it does: a command that follows
 * at once on others may be refused though they have ended. Nothing has begun then, and it is asked again.
 */
export async function openChannel(
  client: Client,
  command: string,
  { exit = {}, signal }: Opening = {},
): Promise<ClientChannel> {
  const endMs = performance.now() + refusedForMs;
  for (;;)
    try {
      return await execute(client, command, exit);
    } catch (error) {
      const refused = reasonOf(error).includes("Channel open failure");
      if (!refused || performance.now() >= endMs) throw error;
      await sleep(refusedPauseMs, undefined, signal ? { signal } : {});
    }
}

/**
 * That a command has begun and how it ended may come in one packet, and ssh2 tells of both in one go: who listens for the
 * end only after awaiting the begin has missed it.
 */
function execute(client: Client, command: string, exit: Exit): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      channel.on("exit", (code: number | null, signal?: string) => {
        exit.code = code;
        exit.signal = signal;
      });
      resolve(channel);
    });
  });
}

/** Rejects at the deadline or the user's interrupt, whatever the other side does. */
function guarded(run: ChannelRun): {
  readonly failed: Promise<never>;
  readonly dismiss: () => void;
} {
  const { deadlineMs, signal } = run;
  let timer: NodeJS.Timeout | undefined;
  let interrupt: (() => void) | undefined;
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string): void => {
      reject(failure(run, why));
    };
    timer = setTimeout(() => {
      fail(`it did not end within ${deadlineMs / 1000} s`);
    }, deadlineMs);
    interrupt = () => {
      fail("it was interrupted");
    };
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener("abort", interrupt, { once: true });
  });
  failed.catch(() => undefined);
  return {
    failed,
    dismiss: () => {
      clearTimeout(timer);
      if (interrupt) signal?.removeEventListener("abort", interrupt);
    },
  };
}

async function ended(channel: ClientChannel, exit: Exit, run: ChannelRun): Promise<ShellResult> {
  const { stdin = "", maxOutputBytes = outputBytesMax } = run;
  const errors = tailOf(channel.stderr);
  const code = exitCode(channel, exit, run);
  // A command that ends before it has read everything says so by its exit code; an unreadable source does not.
  const source = stdin instanceof Readable ? stdin : Readable.from([stdin]);
  const unreadable = new Promise<never>((_, reject) => source.once("error", reject));
  unreadable.catch(() => undefined);
  const sent = pipeline(source, channel, { end: true }).catch(() => undefined);
  const stdout = collect(channel, maxOutputBytes, run);
  const result = { code: await Promise.race([code, unreadable]), stdout: await stdout };
  source.destroy();
  await sent;
  return { ...result, stderr: errors() };
}

function exitCode(channel: ClientChannel, exit: Exit, run: ChannelRun): Promise<number> {
  return new Promise((resolve, reject) => {
    channel.once("close", () => {
      const { code, signal } = exit;
      if (typeof code === "number") resolve(code);
      else
        reject(
          failure(
            run,
            signal === undefined
              ? "the connection broke before it had ended"
              : `it was killed by ${signal}`,
          ),
        );
    });
  });
}

async function collect(channel: ClientChannel, bytesMax: number, run: ChannelRun): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    channel.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) reject(failure(run, `it said more than ${bytesMax} bytes`));
      else chunks.push(chunk);
    });
    channel.once("close", () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

/** Reads on, and keeps the end. */
export function tailOf(stream: Readable): () => string {
  let tail = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-stderrBytesMax);
  });
  return () => tail.toString("utf8");
}

function failure(run: ChannelRun, why: string): InstallError {
  return new InstallError(run.step, `${run.step} on ${run.description}: ${why}`);
}
