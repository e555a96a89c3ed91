import type { ApiClient, CallOptions } from "../contract/index";

/** One command that asks the cluster something and shows the answer. */
export interface Question<T> {
  ask(client: ApiClient, call: CallOptions): Promise<T>;
  show(answer: T): string;
}
