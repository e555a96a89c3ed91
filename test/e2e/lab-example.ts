import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/command";
import { stateFile } from "../../scripts/lab/lab-state";
import { repository } from "../../scripts/paths";
import { projectEnvironment } from "../../scripts/project-environment";
import type { TerraformProject } from "./terraform-project";

const program = join(repository, "examples/lab-cluster/main.ts");

interface Stack {
  readonly terraform: Record<string, unknown>;
}

/** examples/lab-cluster, synthesized for a lab, put into a project of the test's own with a state of its own. */
export async function synthesizeExample(
  project: TerraformProject,
  labFolder: string,
  instances: number,
): Promise<void> {
  await run("tsx", [program], {
    cwd: project.dir,
    env: {
      ...projectEnvironment(),
      CDKTF_OUTDIR: project.dir,
      LAB_STATE: stateFile(labFolder),
      WEB_INSTANCES: String(instances),
    },
  });
  const text = readFileSync(join(project.dir, "stacks/lab-cluster/cdk.tf.json"), "utf8");
  const { terraform, ...rest } = JSON.parse(text) as Stack;
  const settings = Object.fromEntries(
    Object.entries(terraform).filter(([name]) => name !== "backend"),
  );
  writeFileSync(
    join(project.dir, "main.tf.json"),
    JSON.stringify({ ...rest, terraform: settings }, undefined, 2),
  );
}
