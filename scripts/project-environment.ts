import { join } from "node:path";
import { binDir, repository, terraformConfig } from "./paths";

/** Where `covey` and `consul` (links that setup makes), `cdktf` and `tsx` are found. */
export const projectPath = [binDir, join(repository, "node_modules/.bin")].join(":");

/** What Terraform and cdktf need: our provider's mirror, and no questions to the outside. */
export function projectVariables(): Record<string, string> {
  return {
    TF_CLI_CONFIG_FILE: terraformConfig,
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    TERRAFORM_BINARY_NAME: process.env["TERRAFORM_BINARY_NAME"] ?? "terraform",
  };
}

/** This process's environment with the project's on top: what every program a script starts is given. */
export function projectEnvironment(): NodeJS.ProcessEnv {
  const path = [projectPath, process.env["PATH"] ?? "", "/usr/local/sbin:/usr/sbin:/sbin"].join(
    ":",
  );
  return { ...process.env, ...projectVariables(), PATH: path };
}
