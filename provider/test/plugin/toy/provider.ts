/** A provider whose resource is a file on disk: small enough to read, complete enough to prove the framework. */
import { existsSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attributes,
  isUnknown,
  present,
  requiresReplace,
  stringMatches,
  types,
  useStateForUnknown,
  withProviderData,
  type Model,
} from "../../../src/plugin";

const { string, number, bool, list, map, single, listNested, setNested } = attributes;

interface Folder {
  readonly path: string;
}

const toyOf = withProviderData<Folder>();

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
  },
};
type File = Model<typeof fileSchema>;

const file = toyOf.resource({
  type: "toy_file",
  schema: fileSchema,
  async create(context, plan) {
    const id = join(context.providerData.path, plan.name);
    context.private.set("made_by", "toy");
    write(id, plan, context.config.password);
    const partial = { ...computed(plan, id) };
    context.saveState(partial);
    if (plan.fail !== null) throw new Error(`told to fail: ${plan.fail}`);
    if (plan.wait_for !== null) await waitFor(plan.wait_for, context.signal);
    return { ...plan, ...partial };
  },
  read(context, state) {
    const id = present(state.id, "id");
    if (!existsSync(id)) return Promise.resolve(undefined);
    const stored = JSON.parse(readFileSync(id, "utf8")) as { file: File };
    context.log.info("file read", { made_by: context.private.get("made_by") ?? "unknown" });
    return Promise.resolve({ ...stored.file, fail: state.fail, wait_for: state.wait_for, id });
  },
  update(context, plan, state) {
    const id = present(state.id, "id");
    write(id, plan, context.config.password);
    if (plan.fail !== null) throw new Error(`told to fail: ${plan.fail}`);
    return Promise.resolve({ ...plan, ...computed(plan, id) });
  },
  delete(_context, state) {
    rmSync(present(state.id, "id"), { force: true });
    return Promise.resolve();
  },
  import(context, id) {
    return Promise.resolve({ id: join(context.providerData.path, id) });
  },
  validate(context, config) {
    if (isUnknown(config.content) || config.content !== "forbidden") return;
    context.diagnostics.error("Forbidden content", "Choose other words.", ["content"]);
  },
});

const folder = toyOf.dataSource({
  type: "toy_folder",
  schema: {
    attributes: {
      name: string({ required: true }),
      path: string({ computed: true }),
    },
  },
  read: (context, config) =>
    Promise.resolve({ ...config, path: join(context.providerData.path, config.name) }),
});

export const toy = toyOf.provider({
  name: "toy",
  address: "example.invalid/acme/toy",
  version: "0.1.0",
  schema: { attributes: { path: string({ required: true }) } },
  configure: (_context, config) => ({ path: isUnknown(config.path) ? "" : config.path }),
  resources: [file],
  dataSources: [folder],
});

function computed(plan: File, id: string): Pick<File, "id" | "size" | "owner"> {
  const owner = plan.owner === null ? null : { ...plan.owner, token: `token-${plan.owner.name}` };
  return { id, size: Buffer.byteLength(plan.content), owner };
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
