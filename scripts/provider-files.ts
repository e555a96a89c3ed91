import { readdirSync } from "node:fs";
import { join } from "node:path";
import { agentBundle, providerBundle, providerLibraries } from "./paths";

/** One file of an installed provider. */
export interface ProviderFile {
  /** As it was built. */
  readonly from: string;
  /** Relative to where the provider is installed. */
  readonly name: string;
  readonly mode: number;
}

/** What of a provider is not its program: the agent that it puts on machines, and the libraries that it loads when needed. */
export function filesBesideProvider(): readonly ProviderFile[] {
  const libraries = readdirSync(providerLibraries).sort();
  return [
    { from: agentBundle, name: "covey.js", mode: 0o755 },
    ...libraries.map((name) => ({
      from: join(providerLibraries, name),
      name: `lib/${name}`,
      mode: 0o644,
    })),
  ];
}

export function providerProgram(version: string): ProviderFile {
  return { from: providerBundle, name: `terraform-provider-covey_v${version}`, mode: 0o755 };
}
