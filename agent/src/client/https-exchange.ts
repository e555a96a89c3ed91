import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Exchange, ExchangeAnswer, ExchangeRequest } from "../contract/index";

const maxSockets = 16;

/** The client's requests over node:https, on kept-alive connections, trusting `ca` (PEM) and nothing else. */
export function httpsExchange(ca: string): Exchange {
  const agent = new Agent({ ca, keepAlive: true, maxSockets, minVersion: "TLSv1.2" });
  return {
    send: (wanted) => send(agent, wanted),
    pause: (delayMs, signal) => sleep(delayMs, undefined, { signal }),
    close: () => {
      agent.destroy();
    },
  };
}

async function send(agent: Agent, wanted: ExchangeRequest): Promise<ExchangeAnswer> {
  try {
    return await sendOnce(agent, wanted);
  } catch (error) {
    // The agent closed the idle connection just as we took it up again: nothing was answered, a fresh one will do.
    if (error instanceof StaleConnection && wanted.method !== "POST")
      return sendOnce(agent, wanted);
    throw error instanceof StaleConnection ? error.cause : error;
  }
}

class StaleConnection extends Error {}

function sendOnce(agent: Agent, wanted: ExchangeRequest): Promise<ExchangeAnswer> {
  const { method, headers, signal } = wanted;
  return new Promise((resolve, reject) => {
    const sent = request(wanted.url, { agent, method, headers, signal }, (answer) => {
      resolve({
        status: answer.statusCode ?? 0,
        location: answer.headers.location,
        retryAfter: answer.headers["retry-after"],
        body: answer,
      });
    });
    sent.on("error", (cause) => {
      const stale = sent.reusedSocket && !signal.aborted;
      reject(stale ? new StaleConnection("kept-alive connection was closed", { cause }) : cause);
    });
    sent.end(wanted.body);
  });
}
