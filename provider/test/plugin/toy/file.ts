/** The toy's resource: a file on disk that holds what was configured, as JSON. */
import { existsSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attributes,
  isUnknown,
  PluginError,
  present,
  requiresReplace,
  stringMatches,
  types,
  useStateForUnknown,
  type Model,
} from "@covey/provider/plugin";
import { toyOf } from "./folder";

const { string, number, bool, list, map, single, listNested, setNested } = attributes;

const fileSchema = {
  description: "A file on disk.",
  attributes: {
    id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    name: string({
      required: true,
      planModifiers: [requiresReplace()],
      validators: [stringMatches(/^[a-z0-9.-]+$/u, "a file name of a-z, 0-9, dot and dash")],
    }),
    content: string({ required: true }),
    size: number({ computed: true }),
    ratio: number({ optional: true }),
    mode: string({ optional: true, default: "text" }),
    labels: map(types.string, { optional: true, default: {} }),
    lines: list(types.string, { optional: true }),
    owner: single(
      {
        name: string({ required: true }),
        admin: bool({ optional: true, default: false }),
        token: string({ computed: true, planModifiers: [useStateForUnknown()] }),
      },
      { optional: true },
    ),
    parts: listNested(
      { title: string({ required: true }), weight: number({ optional: true, default: 1 }) },
      { optional: true },
    ),
    rules: setNested(
      { key: string({ required: true }), allow: bool({ optional: true, default: true }) },
      { optional: true },
    ),
    password: string({ optional: true, writeOnly: true, sensitive: true }),
    fail: string({ optional: true, description: "Fails after the file is made." }),
    wait_for: string({ optional: true, description: "Waits until this file exists." }),
    guarded: bool({ optional: true, description: "Refuses to be destroyed." }),
  },
};
type File = Model<typeof fileSchema>;

export const file = toyOf.resource({
  type: "toy_file",
  schema: fileSchema,
  identity: {
    attributes: { path: { type: types.string } },
    of: (state) => ({ path: present(state.id, "id") }),
    import: (_context, identity) => Promise.resolve({ id: identity.path }),
  },
  async create(context, plan) {
    const id = join(context.providerData.path, plan.name);
    context.private.set("made_by", "toy");
    write(id, plan, context.config.password);
    const partial = { ...computed(plan, id) };
    context.saveState(partial);
    if (plan.fail !== null) fail(plan.fail);
    if (plan.wait_for !== null) await waitFor(plan.wait_for, context.signal);
    return { ...plan, ...partial };
  },
  read(context, state) {
    const id = present(state.id, "id");
    if (!existsSync(id)) return Promise.resolve(undefined);
    const stored = JSON.parse(readFileSync(id, "utf8")) as { file: File };
    context.log.info("file read", { made_by: context.private.get("made_by") ?? "unknown" });
    return Promise.resolve({ ...stored.file, ...unread(state), id });
  },
  async update(context, plan, state) {
    const id = present(state.id, "id");
    write(id, plan, context.config.password);
    if (plan.fail !== null) fail(plan.fail);
    if (plan.wait_for !== null) await waitFor(plan.wait_for, context.signal);
    return { ...plan, ...computed(plan, id) };
  },
  delete(_context, state) {
    rmSync(present(state.id, "id"), { force: true });
    return Promise.resolve();
  },
  import(context, id) {
    return Promise.resolve({ id: join(context.providerData.path, id) });
  },
  move(context, source) {
    if (source.type !== "toy_note") return undefined;
    context.private.set("made_by", source.private.get("made_by"));
    return { id: String(source.state["path"]) };
  },
  planDestroy(_context, state) {
    if (state.guarded !== true) return;
    throw new PluginError("Guarded file", "Set guarded = false and apply first.", ["guarded"]);
  },
  validate(context, config) {
    if (isUnknown(config.content)) return;
    if (config.content === "dull") context.diagnostics.warn("Dull content", "Nobody will read it.");
    if (config.content !== "forbidden") return;
    context.diagnostics.error("Forbidden content", "Choose other words.", ["content"]);
  },
});

function computed(plan: File, id: string): Pick<File, "id" | "size" | "owner"> {
  const owner = plan.owner === null ? null : { ...plan.owner, token: `token-${plan.owner.name}` };
  return { id, size: Buffer.byteLength(plan.content), owner };
}

/** What the file does not hold, or what is about this run only. */
function unread(state: File): Pick<File, "fail" | "wait_for" | "guarded"> {
  return { fail: state.fail, wait_for: state.wait_for, guarded: state.guarded };
}

function fail(how: string): never {
  // Throws the reason as it is: a text, as careless libraries do.
  if (how === "panic") AbortSignal.abort("not an Error").throwIfAborted();
  throw new Error(`told to fail: ${how}`);
}

function write(id: string, plan: File, password: string | null): void {
  const stored = { file: { ...plan, ...computed(plan, id) }, hasPassword: password !== null };
  writeFileSync(id, JSON.stringify(stored));
}

async function waitFor(path: string, signal: AbortSignal): Promise<void> {
  writeFileSync(`${path}.waiting`, String(process.pid));
  while (!existsSync(path)) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  unlinkSync(`${path}.waiting`);
}
