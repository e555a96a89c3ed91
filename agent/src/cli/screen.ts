/** The terminal this process runs in, as a command elsewhere uses it. */
export interface Screen {
  /** What is typed, or piped in, to its end. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Resolves when it has been taken. */
  show(stream: "stdout" | "stderr", data: Uint8Array): Promise<void>;
  /** undefined: input or output is no terminal. */
  readonly terminal: InteractiveTerminal | undefined;
}

export interface InteractiveTerminal {
  size(): { readonly columns: number; readonly rows: number };
  onResize(listener: () => void): void;
  /** Every key goes through as it is, Ctrl-C too; back with false. */
  setRaw(raw: boolean): void;
}

export const processScreen: Screen = {
  input: process.stdin,
  show: (stream, data) =>
    new Promise((resolve) => {
      process[stream].write(data, () => resolve());
    }),
  get terminal() {
    const { stdin, stdout } = process;
    if (!stdin.isTTY || !stdout.isTTY) return undefined;
    return {
      size: () => ({ columns: Math.max(1, stdout.columns), rows: Math.max(1, stdout.rows) }),
      onResize: (listener: () => void) => stdout.on("resize", listener),
      setRaw: (raw: boolean) => stdin.setRawMode(raw),
    };
  },
};
