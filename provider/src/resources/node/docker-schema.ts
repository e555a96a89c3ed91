import { defaultEngine, defaultNodeImage, parseEngineAddress } from "../../connection/docker";
import {
  attributes,
  conflicting,
  custom,
  numberBetween,
  requiredTogether,
  sizeBetween,
  types,
  wholeNumber,
} from "../../plugin";
import type { Validator } from "../../plugin";
import { parseSubnet } from "../../connection";
import { oneWayIn, sshJump, sshLogin } from "./ssh-schema";
import { absolutePath } from "../validators";

const { bool, list, number, single, string } = attributes;
const imagesMax = 64;

function engineAddress(): Validator<string> {
  return custom(
    'the address of a Docker engine such as "unix:///var/run/docker.sock", "tcp://10.0.0.5:2376" or "ssh://root@10.0.0.5"',
    (value) =>
      parseEngineAddress(value)
        ? undefined
        : `${JSON.stringify(value)} is not an address such as "unix:///var/run/docker.sock", "tcp://HOST:2376" or "ssh://USER@HOST:22"`,
  );
}

function subnet(): Validator<string> {
  return custom('an IPv4 network such as "10.0.0.0/24"', (value) => {
    const parsed = parseSubnet(value);
    return parsed && parsed.prefix >= 8 && parsed.prefix <= 29
      ? undefined
      : `${JSON.stringify(value)} is not an IPv4 network of 8 to 29 bits such as "10.0.0.0/24"`;
  });
}

function pem(what: string): Validator<string> {
  return custom(`a PEM ${what}`, (value) =>
    value.includes("-----BEGIN ") ? undefined : `it is not a PEM ${what} ("-----BEGIN ...")`,
  );
}

/** `docker`: the node is a container. */
export const dockerAttribute = single(
  {
    host: string({
      optional: true,
      default: defaultEngine,
      validators: [engineAddress()],
      description:
        "The engine that runs the node's container. TCP is TLS, but for loopback addresses without `ca`, `cert` and `key`. Another engine: the node is removed and installed there.",
    }),
    ca: string({
      optional: true,
      validators: [pem("certificate")],
      description: "Authority of the engine's certificate. Default: those of the system.",
    }),
    cert: string({
      optional: true,
      validators: [pem("certificate")],
      description: "Certificate shown to the engine.",
    }),
    key: string({
      optional: true,
      sensitive: true,
      validators: [pem("private key")],
      description: "Its private key. It is stored in the state; `key_file` is not.",
    }),
    ca_file: string({ optional: true, validators: [absolutePath()] }),
    cert_file: string({ optional: true, validators: [absolutePath()] }),
    key_file: string({ optional: true, validators: [absolutePath()] }),
    ssh: single(
      {
        ...sshLogin,
        sudo: bool({
          optional: true,
          description: "The engine's socket is reached by `sudo -n`.",
        }),
        jump: sshJump,
      },
      {
        optional: true,
        validators: oneWayIn,
        description: "How to log in where `host` is `ssh://USER@HOST:PORT`. Default: ssh-agent.",
      },
    ),
    image: string({
      optional: true,
      default: defaultNodeImage,
      description:
        "Image of the node's container. A change makes the container anew over the same volume; the node's tasks are started again.",
    }),
    subnet: string({
      optional: true,
      validators: [subnet()],
      description:
        "Of the Docker network that the cluster's nodes share on this engine, made with the first of them. Default: the /24 of the node's address.",
    }),
    cpus: number({
      optional: true,
      validators: [numberBetween(0.1, 4096)],
      description:
        "Limit of the container, agent and tasks together; changed in place. The node offers as much unless `resources` says otherwise. Default: none.",
    }),
    memory_mib: number({
      optional: true,
      validators: [wholeNumber(), numberBetween(256, 1_000_000_000)],
      description:
        "Limit of the container, agent and tasks together; changed in place. The node offers it less 384 (at most half) unless `resources` says otherwise. Default: none.",
    }),
    images: list(types.string, {
      optional: true,
      validators: [sizeBetween(1, imagesMax)],
      description:
        "Images for tasks that are copied from this engine to the node's own, whenever the node is created or updated and has another content or none.",
    }),
  },
  {
    optional: true,
    validators: [
      requiredTogether("cert", "key"),
      requiredTogether("cert_file", "key_file"),
      conflicting("ca", "ca_file"),
      conflicting("cert", "cert_file"),
    ],
    description:
      "A container of a Docker engine, with an engine of its own in it for the node's tasks. Its `address` is the container's.",
  },
);
