import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { terraformAvailable, TerraformWorkspace } from "../../src/plugin/testing";
import { bundleProvider } from "./bundle";

const withTerraform = terraformAvailable() ? describe : describe.skip;

const SERIAL = "123456789012345678901234567890";
const RATIO = "0.1234567890123456789012345678901234567891";

const EVERYTHING = `
  serial   = ${SERIAL}
  ratio    = ${RATIO}
  exact    = [1.0, 9007199254740993, 0.1]
  anything = { list = ["a", 1, true], big = 9007199254740993, none = null }
  pair     = ["left", 18446744073709551617]
  extra    = { value = ["x", { y = 2.5 }] }
  tags     = [{ key = "b", amount = 1.50 }, { key = "a", amount = ${RATIO} }, { key = "b", amount = 1.5 }]
  parts    = { one = {}, two = { size = 9007199254740993 } }
  timeouts = { create = "90s" }
  owner {
    name = "ann"
  }
  rule {
    port = 80
    match {
      path = "/a"
    }
    match {
      path = "/b"
    }
  }
  rule {
    port   = 443
    action = "deny"
  }
  peer {
    address = "10.0.0.2"
  }
  peer {
    address = "10.0.0.1"
    weight  = 20
  }
  zone "west" {
    size = 3
  }
`;

withTerraform("every kind of attribute and block, through the real terraform", () => {
  let bundle: string;
  let files: string;
  let terraform: TerraformWorkspace;

  beforeAll(async () => {
    bundle = await bundleProvider(join(__dirname, "kinds/main.ts"));
  }, 60_000);

  afterAll(() => {
    rmSync(dirname(bundle), { recursive: true, force: true });
  });

  beforeEach(async () => {
    files = mkdtempSync(join(tmpdir(), "kinds-files-"));
    terraform = new TerraformWorkspace({
      bundle,
      address: "example.invalid/acme/kinds",
      environment: { KINDS_PROVIDER_CHECK: "1" },
    });
    configure(EVERYTHING);
    await terraform.init();
  }, 60_000);

  afterEach(() => {
    terraform.remove();
    rmSync(files, { recursive: true, force: true });
  });

  it("is made, stays as it is, changes and goes", async () => {
    await terraform.apply();
    expect((await terraform.state())["kinds_thing.this"]?.values).toMatchObject({
      id: "thing-it",
      small: 7,
      revision: 1,
      slots: ["it-1", "it-2"],
      parts: { one: { size: 1, note: "part one" }, two: { note: "part two" } },
      extra: { value: ["x", { y: 2.5 }] },
      timeouts: { create: "90s" },
      owner: { name: "ann", email: null },
      rule: [
        {
          port: 80,
          action: "allow",
          token: "token-80",
          match: [{ path: "/a" }, { path: "/b" }],
        },
        { port: 443, action: "deny", token: "token-443", match: [] },
      ],
      peer: [
        { address: "10.0.0.1", weight: 20, state: "up at 20" },
        { address: "10.0.0.2", weight: 10, state: "up at 10" },
      ],
      zone: { west: { size: 3, key: "zone west" } },
    });
    expect(await terraform.plan()).toEqual({});
    await terraform.refresh();
    expect(await terraform.plan()).toEqual({});

    configure(`
      serial = ${SERIAL}1
      rule {
        port = 81
      }
      peer {
        address = "10.0.0.2"
      }
      peer {
        address = "10.0.0.3"
      }
    `);
    expect(await terraform.plan()).toEqual({ "kinds_thing.this": ["update"] });
    await terraform.apply();
    expect((await terraform.state())["kinds_thing.this"]?.values).toMatchObject({
      revision: 2,
      anything: null,
      owner: null,
      rule: [{ port: 81, token: "token-80" }],
      zone: {},
    });
    expect(await terraform.plan()).toEqual({});
    await terraform.destroy();
    expect(await terraform.state()).toEqual({});
    expect(readdirSync(files)).toEqual([]);
  }, 180_000);

  it("keeps numbers digit for digit", async () => {
    await terraform.apply();
    await terraform.refresh();
    const state = readFileSync(join(terraform.directory, "terraform.tfstate"), "utf8");
    for (const text of [
      `"serial": ${SERIAL}`,
      `"ratio": ${RATIO}`,
      `"amount": ${RATIO}`,
      "9007199254740993",
      "18446744073709551617",
    ]) {
      expect(state).toContain(text);
    }
    const tags = (await terraform.state())["kinds_thing.this"]?.values["tags"];
    expect(tags).toHaveLength(2);
  }, 120_000);

  it("plans dynamic blocks that are not known yet, and decides on what is promised", async () => {
    configure(
      "",
      `
      resource "kinds_thing" "second" {
        name  = "second"
        count = kinds_thing.this.id == null ? 0 : 1
        dynamic "rule" {
          for_each = kinds_thing.this.slots
          content {
            port = rule.key
            match {
              path = rule.value
            }
          }
        }
        dynamic "peer" {
          for_each = kinds_thing.this.slots
          content {
            address = peer.value
          }
        }
      }`,
    );
    await terraform.apply();
    expect((await terraform.state())["kinds_thing.second[0]"]?.values).toMatchObject({
      rule: [
        { port: 0, token: "token-0", match: [{ path: "it-1" }] },
        { port: 1, token: "token-1", match: [{ path: "it-2" }] },
      ],
      peer: [{ address: "it-1" }, { address: "it-2" }],
    });
    expect(await terraform.plan()).toEqual({});
    await terraform.destroy();
  }, 180_000);

  it("refuses what a kind cannot hold, at its place", async () => {
    configure(`
      serial = 1.5
      rule {
        port = 9007199254740993
      }
    `);
    const { code, stderr } = await terraform.run(["validate", "-no-color"]);
    expect(code).toBe(1);
    expect(stderr).toContain("1.5 is not a whole number");
    expect(stderr).toContain("9007199254740993 has more digits");
  }, 60_000);

  function configure(content: string, more = ""): void {
    terraform.configure(`
      terraform {
        required_providers {
          kinds = { source = "example.invalid/acme/kinds" }
        }
      }
      provider "kinds" { path = ${JSON.stringify(files)} }
      resource "kinds_thing" "this" {
        name = "it"
        ${content}
      }
      ${more}
    `);
  }
});
