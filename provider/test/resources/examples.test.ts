import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProvider } from "../../../scripts/bundle";
import { providerSource, repository } from "../../../scripts/paths";
import { terraformAvailable, TerraformWorkspace } from "../../src/plugin/testing";

const withTerraform = terraformAvailable() ? describe : describe.skip;

const examples = join(repository, "examples");
const files = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) =>
    /^(provider|resources|data-sources|ephemeral-resources|functions)\/.*\.tf$/.test(name),
  )
  .sort();

const required = `terraform {
  required_providers {
    covey = {
      source = "${providerSource}"
    }
  }
}
`;

withTerraform("the examples on the registry's pages", () => {
  const folder = mkdtempSync(join(tmpdir(), "covey-examples-"));
  let terraform: TerraformWorkspace;

  beforeAll(async () => {
    const bundle = join(folder, "terraform-provider-covey");
    await bundleProvider(bundle);
    terraform = new TerraformWorkspace({ bundle, address: providerSource });
  }, 60_000);

  afterAll(() => {
    terraform.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are there for the provider and each resource", () => {
    expect(files).toEqual(
      expect.arrayContaining(["provider/provider.tf", "resources/covey_node/resource.tf"]),
    );
  });

  it.each(files)(
    "%s is what Terraform takes, and formatted",
    async (name) => {
      const text = readFileSync(join(examples, name), "utf8");
      terraform.configure(text);
      const versions = text.includes("required_providers") ? "" : required;
      writeFileSync(join(terraform.directory, "versions.tf"), versions);
      await terraform.init();
      const validated = await terraform.run(["validate", "-no-color"]);
      expect(validated.stderr).toBe("");
      expect(validated.code).toBe(0);
      expect((await terraform.run(["fmt", "-check"])).code).toBe(0);
    },
    60_000,
  );
});
