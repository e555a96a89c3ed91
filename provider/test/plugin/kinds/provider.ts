/** A provider with every kind of attribute and block. What it makes is a file, whose numbers are read back from text. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attributes,
  Decimal,
  isUnknown,
  plainData,
  present,
  timeoutMs,
  withProviderData,
} from "../../../src/plugin";
import { thingSchema, type Thing } from "./schema";

interface Folder {
  readonly path: string;
}

const kindsOf = withProviderData<Folder>();

const thing = kindsOf.resource({
  type: "kinds_thing",
  schema: thingSchema,
  create(context, plan) {
    context.log.info("creating", {
      timeout_ms: timeoutMs(thingSchema.attributes.timeouts, plan.timeouts, "create"),
    });
    const made = complete(plan, 1);
    save(context.providerData, made);
    return Promise.resolve(made);
  },
  read(context, state) {
    return Promise.resolve(load(context.providerData, state));
  },
  update(context, plan, state) {
    const made = complete(plan, (state.revision ?? 0) + 1);
    save(context.providerData, made);
    return Promise.resolve(made);
  },
  delete(context, state) {
    rmSync(fileOf(context.providerData, state), { force: true });
    return Promise.resolve();
  },
});

export const kinds = kindsOf.provider({
  name: "kinds",
  address: "example.invalid/acme/kinds",
  version: "0.1.0",
  schema: { attributes: { path: attributes.string({ required: true }) } },
  configure: (_context, config) => ({ path: isUnknown(config.path) ? "" : config.path }),
  resources: [thing],
});

/** The plan with all that is computed. */
function complete(plan: Thing, revision: number): Thing {
  const parts = Object.entries(plan.parts ?? {}).map(
    ([key, part]) => [key, { ...part, note: `part ${key}` }] as const,
  );
  const zones = Object.entries(plan.zone).map(
    ([key, zone]) => [key, { ...zone, key: `zone ${key}` }] as const,
  );
  return {
    ...plan,
    id: `thing-${plan.name}`,
    revision,
    slots: [`${plan.name}-1`, `${plan.name}-2`],
    parts: plan.parts === null ? null : Object.fromEntries(parts),
    zone: Object.fromEntries(zones),
    rule: plan.rule.map((rule) => ({ ...rule, token: rule.token ?? `token-${rule.port}` })),
    peer: plan.peer.map((peer) => ({ ...peer, state: `up at ${peer.weight}` })),
  };
}

function fileOf({ path }: Folder, state: Thing): string {
  return join(path, present(state.id, "id"));
}

function save(folder: Folder, made: Thing): void {
  const stored = {
    serial: made.serial?.toString() ?? null,
    ratio: made.ratio?.text ?? null,
    exact: made.exact?.map(({ text }) => text) ?? null,
    sizes: Object.entries(made.parts ?? {}).map(([key, { size }]) => [key, String(size)] as const),
    anything: made.anything === null ? null : plainData(made.anything),
  };
  writeFileSync(fileOf(folder, made), JSON.stringify(stored));
}

interface Stored {
  readonly serial: string | null;
  readonly ratio: string | null;
  readonly exact: readonly string[] | null;
  readonly sizes: readonly (readonly [string, string])[];
}

/** The numbers as the file has them; the rest is what it was. */
function load(folder: Folder, state: Thing): Thing | undefined {
  const file = fileOf(folder, state);
  if (!existsSync(file)) return undefined;
  const stored = JSON.parse(readFileSync(file, "utf8")) as Stored;
  const sizes = new Map(stored.sizes);
  const parts = Object.entries(state.parts ?? {}).map(
    ([key, part]) => [key, { ...part, size: BigInt(sizes.get(key) ?? "0") }] as const,
  );
  return {
    ...state,
    serial: stored.serial === null ? null : BigInt(stored.serial),
    ratio: stored.ratio === null ? null : new Decimal(stored.ratio),
    exact: stored.exact?.map((text) => new Decimal(text)) ?? null,
    parts: state.parts === null ? null : Object.fromEntries(parts),
  };
}
