import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command";
import { repository } from "../paths";
import { projectEnvironment } from "../project-environment";
import { stateFile } from "./lab-state";

const program = join(repository, "examples/lab-cluster/main.ts");

interface Stack {
  readonly terraform: Record<string, unknown>;
}

/** examples/lab-cluster, synthesized for a lab into a folder where `terraform` finds it, with a state of its own. */
export async function synthesizeExample(
  folder: string,
  labFolder: string,
  instances: number,
): Promise<void> {
  await run("tsx", [program], {
    cwd: folder,
    env: {
      ...projectEnvironment(),
      CDKTF_OUTDIR: folder,
      LAB_STATE: stateFile(labFolder),
      WEB_INSTANCES: String(instances),
    },
  });
  const text = readFileSync(join(folder, "stacks/lab-cluster/cdk.tf.json"), "utf8");
  const { terraform, ...rest } = JSON.parse(text) as Stack;
  const settings = Object.fromEntries(
    Object.entries(terraform).filter(([name]) => name !== "backend"),
  );
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ ...rest, terraform: settings }, undefined, 2),
  );
}
