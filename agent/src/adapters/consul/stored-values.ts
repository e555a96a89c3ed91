import { readContainerOptions } from "../../model/container";
import { type Electorate, readElectorate } from "../../model/electorate";
import type { HealthCheck } from "../../model/health";
import type { AdmittedNode } from "../../model/node-info";
import { readProvision } from "../../model/provision";
import type { Constraint, ServicePort, ServiceSpec } from "../../model/service";
import {
  flag,
  list,
  number,
  oneOf,
  record,
  sameName,
  text,
  texts,
  wholeNumber,
  word,
} from "./stored-fields";

/**
 * What lies in the store may have been written by another version, or by hand: each value is read field by
 * field, and one that has not our form throws an Error naming the field. Unknown fields are passed over, so
 * that an older agent can read what a newer one wrote.
 */
export function decodeTerm(value: unknown): {
  readonly term: number;
  /** undefined: not said. */
  readonly master: string | undefined;
} {
  const claim = record(value, "the value");
  const { master } = claim;
  return {
    term: wholeNumber(claim, "term"),
    master: typeof master === "string" ? master : undefined,
  };
}

export function decodeNode(name: string, value: unknown): AdmittedNode {
  const node = record(value, "the value");
  return {
    name: sameName(node, name),
    address: text(node, "address"),
    voter: flag(node, "voter"),
    draining: flag(node, "draining"),
  };
}

export function decodeWantedVoters(value: unknown): readonly string[] {
  const wanted = list(record(value, "the value"), "wanted");
  // The same rules as an electorate's: a name once, and at most seven.
  const found = readElectorate({ term: 0, version: 0, voters: wanted });
  if (!found) throw new Error("wanted is not a list of 1 to 7 different names");
  return found.voters;
}

export function decodeElectorate(value: unknown): Electorate {
  const found = readElectorate(value);
  if (!found) throw new Error("is no electorate: term, version, and 1 to 7 different voters");
  return found;
}

export function decodeService(name: string, value: unknown): ServiceSpec {
  const spec = record(value, "the value");
  return {
    name: sameName(spec, name),
    image: text(spec, "image"),
    instances: wholeNumber(spec, "instances"),
    cpus: number(spec, "cpus"),
    memMiB: number(spec, "memMiB"),
    ports: list(spec, "ports").map(decodePort),
    network: oneOf(spec, "network", ["bridge", "host"]),
    env: texts(spec, "env"),
    command: spec["command"] === undefined ? undefined : list(spec, "command").map(word),
    health: spec["health"] === undefined ? undefined : decodeHealth(spec["health"]),
    readiness: spec["readiness"] === undefined ? undefined : decodeHealth(spec["readiness"]),
    constraints: list(spec, "constraints").map(decodeConstraint),
    killGraceMs: wholeNumber(spec, "killGraceMs"),
    container: readContainerOptions(spec["container"]),
    ...(spec["provision"] === undefined ? {} : { provision: readProvision(spec["provision"]) }),
    ...(spec["sharedPorts"] === undefined
      ? {}
      : { sharedPorts: list(spec, "sharedPorts").map(portNumber) }),
  };
}

function decodePort(value: unknown): ServicePort {
  const port = record(value, "ports");
  return {
    name: text(port, "name"),
    containerPort: wholeNumber(port, "containerPort"),
    hostPort: port["hostPort"] === undefined ? undefined : wholeNumber(port, "hostPort"),
    protocol: oneOf(port, "protocol", ["tcp", "udp"]),
  };
}

function decodeHealth(value: unknown): HealthCheck {
  const health = record(value, "health");
  return {
    kind: oneOf(health, "kind", ["http", "tcp", "grpc", "command"]),
    port: text(health, "port"),
    path: text(health, "path"),
    intervalMs: wholeNumber(health, "intervalMs"),
    timeoutMs: wholeNumber(health, "timeoutMs"),
    graceMs: wholeNumber(health, "graceMs"),
    maxFailures: wholeNumber(health, "maxFailures"),
    service: health["service"] === undefined ? undefined : text(health, "service"),
    command: health["command"] === undefined ? undefined : list(health, "command").map(word),
    minSuccesses:
      health["minSuccesses"] === undefined ? undefined : wholeNumber(health, "minSuccesses"),
  };
}

function portNumber(value: unknown): number {
  return wholeNumber({ sharedPorts: value }, "sharedPorts");
}

const operators = ["UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER"] as const;

function decodeConstraint(value: unknown): Constraint {
  const constraint = record(value, "constraints");
  return {
    attribute: text(constraint, "attribute"),
    operator: oneOf(constraint, "operator", operators),
    value: constraint["value"] === undefined ? undefined : text(constraint, "value"),
  };
}
