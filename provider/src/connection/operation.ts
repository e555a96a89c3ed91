/** What is done on a machine's behalf: its interrupt, and where its progress is told. */
export interface Operation {
  readonly signal?: AbortSignal;
  readonly info: (message: string) => void;
}
