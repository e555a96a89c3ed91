import { tooSlow } from "./problems";

/** Ours, for fastify's own `handlerTimeout` is taken back as soon as a request's body has been read (5.12). */
export async function within(limitMs: number, work: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
