/** A directory with the real terraform and the toy provider in it, new for each test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { terraformAvailable, TerraformWorkspace } from "@covey/provider/plugin/testing";
import { bundleProvider } from "../bundle";

export const describeWithTerraform = terraformAvailable()
  ? globalThis.describe
  : globalThis.describe.skip;

/** As of the running test. */
export interface Toy {
  /** The provider in one file. */
  readonly bundle: string;
  /** The folder that the provider is configured with. */
  readonly files: string;
  readonly terraform: TerraformWorkspace;
  /** The settings around `blocks`. */
  config(blocks: string): string;
  /** One resource, toy_file.this, with these attributes. */
  file(attributes: string, name?: string): string;
}

/** Call it where tests are declared, and read it inside them. */
export function useToy(): Toy {
  let bundle = "";
  let files = "";
  let terraform: TerraformWorkspace | undefined;

  const toy: Toy = {
    get bundle() {
      return bundle;
    },
    get files() {
      return files;
    },
    get terraform() {
      if (terraform === undefined) throw new Error("no test is running");
      return terraform;
    },
    config: (blocks) => `
      terraform {
        required_providers {
          toy = { source = "example.invalid/acme/toy" }
        }
        provider_meta "toy" {
          module = "root"
        }
      }
      provider "toy" {
        path = ${JSON.stringify(files)}
      }
      ${blocks}
    `,
    file: (attributes, name = "greeting") =>
      toy.config(`
        resource "toy_file" "this" {
          name = ${JSON.stringify(name)}
          ${attributes}
        }
      `),
  };

  beforeAll(async () => {
    bundle = await bundleProvider(join(__dirname, "main.ts"));
  }, 60_000);
  afterAll(() => {
    rmSync(dirname(bundle), { recursive: true, force: true });
  });
  beforeEach(async () => {
    files = mkdtempSync(join(tmpdir(), "toy-files-"));
    terraform = new TerraformWorkspace({
      bundle,
      address: "example.invalid/acme/toy",
      environment: { TOY_PROVIDER_CHECK: "1" },
    });
    terraform.configure(toy.file('content = "hello"'));
    await terraform.init();
  }, 60_000);
  afterEach(() => {
    terraform?.remove();
    rmSync(files, { recursive: true, force: true });
  });
  return toy;
}

/** Waits for what another process does; there is no event to wait for. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("waited 30 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
