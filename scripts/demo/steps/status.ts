import type { Scene } from "../scene";
import { coveyProgram } from "../scene";
import { show } from "../show";
import { credentialVariables, writeCredentials } from "../kept";

/** `covey status`, as one would type it. */
export async function showStatus(scene: Scene): Promise<void> {
  const files = writeCredentials(scene.deployed);
  await show([coveyProgram, "status"], {
    ...scene,
    as: "covey status",
    env: credentialVariables(files),
  });
}
