/** A call that is not taken, as the client is told. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A task that is not launched, and why, in one sentence for whoever wrote its TaskInfo. */
export class TaskRefused extends Error {
  override readonly name = "TaskRefused";
}

/** Of what others wrote only so much is repeated to them. */
export function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}...`;
}
