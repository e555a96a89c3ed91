import { attributes, conflicting, custom, numberBetween, wholeNumber } from "../../plugin";
import type { Validator } from "../../plugin";
import { absolutePath } from "../validators";

const { bool, number, single, string } = attributes;

/** No options of ssh, no spaces: a name or address. */
function host(): Validator<string> {
  return custom("a host name or an address", (value) =>
    /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/.test(value)
      ? undefined
      : `${JSON.stringify(value)} is neither a host name nor an address`,
  );
}

function user(): Validator<string> {
  return custom("a user name", (value) =>
    /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}\$?$/.test(value)
      ? undefined
      : `${JSON.stringify(value)} is not a user name`,
  );
}

/** How one logs in at a server, and knows it. */
export const sshLogin = {
  private_key: string({
    optional: true,
    sensitive: true,
    description: "Text of a private key, OpenSSH or PEM. It is kept in the state.",
  }),
  private_key_file: string({
    optional: true,
    validators: [absolutePath()],
    description: "A private key on the machine Terraform runs on.",
  }),
  agent: bool({
    optional: true,
    description: "Log in with the keys of ssh-agent (SSH_AUTH_SOCK); so it is where no key is set.",
  }),
  host_key: string({
    optional: true,
    description:
      "The server's public key (`ssh-ed25519 AAAA...`, as ssh-keyscan shows it) or its fingerprint (`SHA256:...`).",
  }),
  known_hosts_file: string({
    optional: true,
    validators: [absolutePath()],
    description:
      "Where the server's key is looked for when host_key is not set. Default: ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts.",
  }),
} as const;

const endpoint = {
  host: string({
    required: true,
    validators: [host()],
    description: "Name or address of the machine's SSH server.",
  }),
  port: number({
    optional: true,
    default: 22,
    validators: [wholeNumber(), numberBetween(1, 65535)],
  }),
  user: string({ optional: true, default: "root", validators: [user()] }),
  ...sshLogin,
} as const;

export const oneWayIn = [
  conflicting("private_key", "private_key_file", "agent"),
  conflicting("host_key", "known_hosts_file"),
];

/** A server in between. */
export const sshJump = single(endpoint, {
  optional: true,
  validators: oneWayIn,
  description: "An SSH server the machine is reached through. Without a key: the same key.",
});

export const sshAttribute = single(
  {
    ...endpoint,
    sudo: bool({
      optional: true,
      description: "Run everything by `sudo -n`; the user must be allowed to without a password.",
    }),
    jump: sshJump,
  },
  {
    optional: true,
    validators: oneWayIn,
    description:
      "A machine reached over SSH. It needs sshd and Docker, and the right to install: root, or sudo without a password.",
  },
);
