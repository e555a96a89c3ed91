import type { ApiClient, CallOptions } from "../contract/index";

/** One command that asks the cluster something and shows the answer. */
export interface Question<T> {
  ask(client: ApiClient, call: CallOptions): Promise<T>;
  /** What comes bit by bit is shown as it comes. */
  show(answer: T): string | AsyncIterable<string>;
}
