import { existsSync, realpathSync } from "node:fs";
import { cachedConsul, cachedRegistry } from "../paths";
import { findProgram } from "../programs";

const needed = {
  dockerd: "docker.io",
  containerd: "containerd",
  ip: "iproute2",
  tc: "iproute2",
  iptables: "iptables",
  nsenter: "util-linux",
  unshare: "util-linux",
  "mkfs.ext4": "e2fsprogs",
  sshd: "openssh-server",
  "ssh-keygen": "openssh-client",
} as const;

export interface LabPrograms {
  readonly registry: string;
  /** What hosts find on their PATH; undefined: this machine has none. */
  readonly consul: string | undefined;
}

/** undefined: all is there that a lab needs. */
export function missingForLab(): string | undefined {
  if (process.getuid?.() !== 0) return "namespaces are made by root alone";
  const absent = Object.entries(needed)
    .filter(([name]) => findProgram(name) === undefined)
    .map(([name, debianPackage]) => `${name} (package ${debianPackage})`);
  if (registryProgram() === undefined) absent.push("docker-registry (`npm test` sets it up)");
  return absent.length === 0 ? undefined : `not found: ${absent.join(", ")}`;
}

/** @throws Error naming what is missing */
export function foundPrograms(): LabPrograms {
  const missing = missingForLab();
  const registry = registryProgram();
  if (missing !== undefined || registry === undefined)
    throw new Error(`a lab cannot be made here: ${missing ?? "no registry"}`);
  const consul = findProgram("consul") ?? [cachedConsul].find((path) => existsSync(path));
  return { registry, consul: consul === undefined ? undefined : realpathSync(consul) };
}

function registryProgram(): string | undefined {
  return findProgram("docker-registry") ?? [cachedRegistry].find((path) => existsSync(path));
}
