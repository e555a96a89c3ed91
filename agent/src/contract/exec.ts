import { z } from "zod";
import type { Problem } from "./problem";

const cells = z.number().int().min(1).max(10_000);
const sizeSchema = z.strictObject({ columns: cells, rows: cells });

/**
 * First message of `GET /v1/tasks/ID/exec` once it is a WebSocket: what to run. Text messages are JSON, binary ones data: to the
 * agent, input; from it, a byte that says which stream (`execStreams`), then output.
 */
export const execSchema = z.strictObject({
  command: z.array(z.string().max(32_768)).min(1).max(256),
  /** A terminal: both streams are one, and Ctrl-C is the command's. */
  tty: z.boolean().default(false),
  /** The command may read; otherwise its input is at its end from the start. */
  stdin: z.boolean().default(false),
  /** Of the terminal. */
  size: sizeSchema.optional(),
});

export type ExecInput = z.input<typeof execSchema>;

/** Every further text message to the agent. */
export const execControlSchema = z.union([
  z.strictObject({ size: sizeSchema }),
  z.strictObject({ endOfInput: z.literal(true) }),
]);

export type ExecControl = z.infer<typeof execControlSchema>;
export type TerminalSize = z.infer<typeof sizeSchema>;

/** The one text message from the agent, its last. */
export type ExecEnd = { readonly exitCode: number } | { readonly problem: Problem };

export const execStreams = { stdout: 1, stderr: 2 } as const;
/** Larger messages to the agent end the session. */
export const execMessageBytesMax = 128 * 1024;
