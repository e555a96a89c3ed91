import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform, useToy } from "./toy/workspace";

describeWithTerraform("the process of a provider, under the real terraform", () => {
  const toy = useToy();

  it("serves plan and apply from under a debugger, and stays", async () => {
    const child = spawn(process.execPath, [toy.bundle, "--debug"]);
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const reattach = /^TF_REATTACH_PROVIDERS='(.*)'$/mu.exec(line.toString())?.[1] ?? "";
      toy.terraform.environment["TF_REATTACH_PROVIDERS"] = reattach;
      expect(await toy.terraform.plan()).toEqual({ "toy_file.this": ["create"] });
      await toy.terraform.apply();
      expect(await toy.terraform.plan()).toEqual({});
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill("SIGINT");
      await once(child, "exit");
    }
  }, 120_000);

  it("ends without being killed, and writes a log that terraform understands", async () => {
    await toy.terraform.apply();
    await toy.terraform.refresh();
    const log = toy.terraform.log();
    expect(log).not.toContain("plugin failed to exit gracefully");
    expect(log).toMatch(
      /\[INFO\] +provider\.terraform-provider-toy_v0\.1\.0: file read: .*made_by=toy/u,
    );
  }, 120_000);

  it("logs each call with its id, duration and protocol when asked for traces", async () => {
    toy.terraform.environment["TF_LOG_PROVIDER"] = "TRACE";
    await toy.terraform.apply();
    const answered = toy.terraform.log().match(/call answered: .*$/gmu) ?? [];
    const apply = answered.find((line) => line.includes("tf_rpc=ApplyResourceChange")) ?? "";
    expect(apply).toMatch(/tf_req_duration_ms=\d+/u);
    expect(apply).toMatch(/tf_req_id=[0-9a-f-]{36}/u);
    expect(apply).toMatch(/tf_proto_version=6\.9/u);
    expect(apply).toMatch(/tf_resource_type=toy_file/u);
  }, 120_000);

  it("logs in Terraform's JSON when TF_LOG asks for it", async () => {
    toy.terraform.environment["TF_LOG"] = "JSON";
    delete toy.terraform.environment["TF_LOG_CORE"];
    delete toy.terraform.environment["TF_LOG_PROVIDER"];
    await toy.terraform.apply();
    const lines = toy.terraform.log().split("\n");
    // What `init` wrote before is not JSON.
    const parsed = lines
      .filter((line) => line.startsWith("{"))
      .map((line): unknown => JSON.parse(line));
    expect(parsed).toContainEqual(
      expect.objectContaining({ "@level": "trace", "@message": "call answered" }),
    );
  }, 120_000);

  it("writes what Terraform sent and got into files when asked to", async () => {
    const directory = join(toy.terraform.directory, "data");
    mkdirSync(directory);
    toy.terraform.environment["TF_LOG_SDK_PROTO_DATA_DIR"] = directory;
    await toy.terraform.apply();
    const names = readdirSync(directory).map((name) => name.replace(/^\d+_\d+_/u, ""));
    expect(names).toContain("ApplyResourceChange_Response_NewState.msgpack");
  }, 120_000);
});
