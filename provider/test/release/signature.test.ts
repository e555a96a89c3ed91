import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { run } from "../../../scripts/command";
import { sign } from "../../../scripts/release/checksums";

const found = spawnSync("gpg", ["--version"]).status === 0;
if (!found && process.env["CI"] !== undefined)
  throw new Error("gpg is missing, and CI is set: tests that need it must run, not be skipped");
const withGpg = found ? describe : describe.skip;

withGpg("a release's signature", () => {
  const home = mkdtempSync(join(tmpdir(), "covey-gpg-"));
  const before = process.env["GNUPGHOME"];

  beforeAll(async () => {
    process.env["GNUPGHOME"] = home;
    const key = ["--passphrase", "", "--quick-generate-key", "test@example.invalid", "rsa2048"];
    await run("gpg", ["--batch", "--pinentry-mode", "loopback", ...key]);
  }, 60_000);

  afterAll(async () => {
    await run("gpgconf", ["--kill", "gpg-agent"]);
    if (before === undefined) delete process.env["GNUPGHOME"];
    else process.env["GNUPGHOME"] = before;
    rmSync(home, { recursive: true, force: true });
  });

  it("is detached, binary and by the key that was named", async () => {
    const listed = await run("gpg", ["--list-keys", "--with-colons"]);
    const fingerprint = /^fpr:+([0-9A-F]+):/mu.exec(listed)?.[1] ?? "";
    const file = join(home, "SHA256SUMS");
    writeFileSync(file, "sums\n");
    const signature = await sign(file, fingerprint);
    expect(signature).toBe(`${file}.sig`);
    const verified = await run("gpg", ["--batch", "--status-fd", "1", "--verify", signature, file]);
    expect(verified).toContain(`VALIDSIG ${fingerprint}`);
  }, 60_000);

  it("fails loudly without the key", async () => {
    const file = join(home, "SHA256SUMS");
    writeFileSync(file, "sums\n");
    await expect(sign(file, "0".repeat(40))).rejects.toThrow(/gpg .*ended with/u);
  }, 60_000);
});
