/** The toy's ephemeral resource: a token that lives as long as one run, recorded in a file so that tests can see it. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { attributes } from "@covey/provider/plugin";
import { text, toyOf } from "./folder";

const { string, number } = attributes;

export const token = toyOf.ephemeralResource({
  type: "toy_token",
  schema: {
    attributes: {
      name: string({ required: true }),
      renew_in_ms: number({ optional: true, description: "Renew as often; default never." }),
      value: string({ computed: true, sensitive: true }),
    },
  },
  open(context, config) {
    record(context.providerData.path, "open", config.name);
    context.private.set("name", config.name);
    context.private.set("renew_in_ms", config.renew_in_ms);
    const result = { ...config, value: `token-of-${config.name}` };
    const renewAt = after(config.renew_in_ms);
    return Promise.resolve(renewAt === undefined ? { result } : { result, renewAt });
  },
  renew(context) {
    record(context.providerData.path, "renew", text(context.private.get("name")));
    return Promise.resolve(after(Number(context.private.get("renew_in_ms"))));
  },
  close(context) {
    record(context.providerData.path, "close", text(context.private.get("name")));
    return Promise.resolve();
  },
});

function after(delayMs: number | null): Date | undefined {
  return delayMs === null ? undefined : new Date(Date.now() + delayMs);
}

function record(folder: string, event: string, name: string): void {
  appendFileSync(join(folder, "tokens.log"), `${event} ${name}\n`);
}
