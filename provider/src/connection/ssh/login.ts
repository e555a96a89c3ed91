import { readFile } from "node:fs/promises";
import { InstallError, reasonOf } from "../install-error";
import type { SshEndpoint } from "./ssh-target";

/** How a user proves who he is. */
export type Login = { readonly privateKey: string } | { readonly agent: string };

const step = "log in";

/** Throws InstallError where there is no key to log in with, or it cannot be read. */
export async function loginOf(
  endpoint: SshEndpoint,
  authSocket = process.env["SSH_AUTH_SOCK"],
): Promise<Login> {
  const { privateKey, privateKeyFile, agent } = endpoint;
  if (privateKey !== undefined) return usable(privateKey, "private_key");
  if (privateKeyFile !== undefined) {
    const text = await readFile(privateKeyFile, "utf8").catch((error: unknown) => {
      throw new InstallError(step, `private_key_file: ${reasonOf(error)}`, "ssh", { cause: error });
    });
    return usable(text, `private_key_file ${privateKeyFile}`);
  }
  if (authSocket !== undefined && authSocket !== "") return { agent: authSocket };
  throw new InstallError(
    step,
    agent === true
      ? "agent = true, but SSH_AUTH_SOCK is not set: start ssh-agent and add a key with ssh-add, or set private_key_file"
      : "there is no key to log in with: set private_key_file or private_key, or start ssh-agent (SSH_AUTH_SOCK is not set)",
    "ssh",
  );
}

async function usable(text: string, what: string): Promise<Login> {
  const { utils } = await import("ssh2");
  const privateKey = text.endsWith("\n") ? text : `${text}\n`;
  const parsed = utils.parseKey(privateKey);
  if (!(parsed instanceof Error)) return { privateKey };
  const isEncrypted = /encrypted|passphrase/i.test(parsed.message);
  throw new InstallError(
    step,
    isEncrypted
      ? `${what} is encrypted with a passphrase: add it to an ssh-agent with ssh-add, and set agent = true`
      : `${what} is no private key that can be used (${parsed.message}): give one as ssh-keygen makes it, in OpenSSH or PEM form`,
    "ssh",
  );
}
