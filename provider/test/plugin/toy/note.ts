/** The toy's other resource: what files were before there were files. `moved` blocks make files of them. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attributes, present, useStateForUnknown } from "@covey/provider/plugin";
import { toyOf } from "./folder";

const { string } = attributes;

export const note = toyOf.resource({
  type: "toy_note",
  schema: {
    attributes: {
      title: string({ required: true }),
      text: string({ required: true }),
      path: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    },
  },
  create(context, plan) {
    const path = join(context.providerData.path, plan.title);
    context.private.set("made_by", "toy_note");
    const file = { name: plan.title, content: plan.text, mode: "text", labels: {} };
    writeFileSync(path, JSON.stringify({ file: { ...file, size: plan.text.length } }));
    return Promise.resolve({ ...plan, path });
  },
  read(_context, state) {
    const path = present(state.path, "path");
    if (!existsSync(path)) return Promise.resolve(undefined);
    const stored = JSON.parse(readFileSync(path, "utf8")) as { file: { content: string } };
    return Promise.resolve({ ...state, text: stored.file.content });
  },
  delete(_context, state) {
    rmSync(present(state.path, "path"), { force: true });
    return Promise.resolve();
  },
});
