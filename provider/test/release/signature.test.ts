import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWith, type ToolProbe } from "../../../agent/test/fakes/needs";
import { run } from "../../../scripts/command";
import { sign } from "../../../scripts/release/checksums";

const gpgProbe: ToolProbe = () =>
  spawnSync("gpg", ["--version"], { stdio: "ignore" }).status === 0
    ? undefined
    : "gpg is missing; install gnupg";

describeWith("gpg", gpgProbe, "a release's signature", () => {
  const keyring = mkdtempSync(join(tmpdir(), "covey-gpg-"));
  const file = join(keyring, "SHA256SUMS");
  const gpg = (...args: string[]): Promise<string> =>
    run("gpg", ["--homedir", keyring, "--batch", ...args]);

  beforeAll(async () => {
    writeFileSync(file, "sums\n");
    const unprotected = ["--pinentry-mode", "loopback", "--passphrase", ""];
    await gpg(...unprotected, "--quick-generate-key", "test@example.invalid", "rsa2048");
  }, 60_000);

  afterAll(async () => {
    await run("gpgconf", ["--homedir", keyring, "--kill", "gpg-agent"]);
    rmSync(keyring, { recursive: true, force: true });
  });

  it("is detached, binary and by the key that was named", async () => {
    const listed = await gpg("--list-keys", "--with-colons");
    const fingerprint = /^fpr:+([0-9A-F]+):/mu.exec(listed)?.[1] ?? "";
    const signature = await sign(file, fingerprint, keyring);
    expect(signature).toBe(`${file}.sig`);
    const verified = await gpg("--status-fd", "1", "--verify", signature, file);
    expect(verified).toContain(`VALIDSIG ${fingerprint}`);
  }, 60_000);

  it("fails loudly without the key", async () => {
    await expect(sign(file, "0".repeat(40), keyring)).rejects.toThrow(/gpg .*ended with/u);
  }, 60_000);
});
