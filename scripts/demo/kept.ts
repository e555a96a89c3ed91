import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coveyDir } from "../paths";
import { exampleName } from "./example";
import type { Deployed } from "./example";

export interface CredentialFiles {
  readonly api: string;
  readonly tokenFile: string;
  readonly caFile: string;
}

const keptFile = join(coveyDir, "demo.json");
const credentialsDir = join(coveyDir, "demo");

/** Token and CA of the deployed cluster, as files only their owner may read. */
export function writeCredentials(deployed: Deployed): CredentialFiles {
  const tokenFile = join(credentialsDir, "token");
  const caFile = join(credentialsDir, "ca.pem");
  mkdirSync(credentialsDir, { recursive: true, mode: 0o700 });
  writeFileSync(tokenFile, deployed.token, { mode: 0o600 });
  writeFileSync(caFile, deployed.ca, { mode: 0o600 });
  return { api: deployed.api.join(","), tokenFile, caFile };
}

/** What `covey` reads its cluster from. */
export function credentialVariables(files: CredentialFiles): Record<string, string> {
  return { COVEY_API: files.api, COVEY_TOKEN_FILE: files.tokenFile, COVEY_CA_FILE: files.caFile };
}

/** Says to other programs where the kept cluster is. */
export function writeKept(deployed: Deployed, server: string): CredentialFiles {
  const files = writeCredentials(deployed);
  const kept = {
    dns: `${server}:53`,
    api: deployed.api,
    token_file: files.tokenFile,
    ca_file: files.caFile,
    example: exampleName,
  };
  writeFileSync(keptFile, `${JSON.stringify(kept)}\n`);
  return files;
}

export function isKept(): boolean {
  return existsSync(keptFile);
}

export function forgetKept(): void {
  rmSync(keptFile, { force: true });
  rmSync(credentialsDir, { recursive: true, force: true });
}
