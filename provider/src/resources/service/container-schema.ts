import {
  attributes,
  eachElement,
  eachKey,
  eachValue,
  lengthBetween,
  numberBetween,
  oneOf,
  sizeBetween,
  stringMatches,
  types,
  wholeNumber,
} from "../../plugin";
import type { Validator } from "../../plugin";
import {
  containerLimits,
  containerPatterns,
  stopSignals,
  ulimitNames,
} from "@covey/agent/contract";

const { bool, list, listNested, map, number, single, string } = attributes;

function whole(min: number, max: number): readonly Validator<number>[] {
  return [wholeNumber(), numberBetween(min, max)];
}

function a(kind: keyof typeof containerPatterns): Validator<string> {
  const { regex, rule } = containerPatterns[kind];
  return stringMatches(regex, rule);
}

const listed = sizeBetween(0, containerLimits.listed);

function capabilities(description: string) {
  return list(types.string, {
    optional: true,
    validators: [sizeBetween(0, containerLimits.capabilities), eachElement(a("capability"))],
    description,
  });
}

/** Everything that Docker alone looks at, in one object: what is rarely used costs a plan nothing. */
export const containerAttribute = single(
  {
    user: string({
      optional: true,
      validators: [a("user")],
      description: "Whose process it is, `USER` or `USER:GROUP`, by name or number.",
    }),
    read_only_root: bool({
      optional: true,
      description: "The image's files cannot be written; `tmpfs` and `volumes` can.",
    }),
    cap_add: capabilities("Capabilities beside Docker's own, such as `NET_ADMIN`, or `ALL`."),
    cap_drop: capabilities("Capabilities it does without, or `ALL`."),
    ulimits: listNested(
      {
        name: string({
          required: true,
          validators: [oneOf(...ulimitNames)],
          description: "What is limited.",
        }),
        soft: number({
          required: true,
          validators: whole(-1, 1e15),
          description: "Where the process begins; -1 is without limit.",
        }),
        hard: number({
          required: true,
          validators: whole(-1, 1e15),
          description: "How far it may raise it; -1 is without limit.",
        }),
      },
      {
        optional: true,
        validators: [sizeBetween(0, ulimitNames.length)],
        description: "Limits of the kernel for one process.",
      },
    ),
    shm_mib: number({
      optional: true,
      validators: whole(1, containerLimits.memoryMiB),
      description: "Size of `/dev/shm`. Default: 64.",
    }),
    pids_limit: number({
      optional: true,
      validators: whole(2, containerLimits.pids),
      description: "Processes and threads at most. Default: 4096.",
    }),
    tmpfs: listNested(
      {
        path: string({
          required: true,
          validators: [a("target")],
          description: "Where it is mounted.",
        }),
        size_mib: number({
          required: true,
          validators: whole(1, containerLimits.memoryMiB),
          description: "How much fits; what is in it counts as the instance's memory.",
        }),
      },
      { optional: true, validators: [listed], description: "Directories in memory." },
    ),
    volumes: listNested(
      {
        source: string({
          required: true,
          validators: [a("path")],
          description: "A path of the node. It must be there.",
        }),
        target: string({
          required: true,
          validators: [a("target")],
          description: "The path in the container.",
        }),
        read_only: bool({
          optional: true,
          default: false,
          description: "It can be read, not written.",
        }),
      },
      {
        optional: true,
        validators: [listed],
        description: "Paths of the node, seen in the container.",
      },
    ),
    devices: list(types.string, {
      optional: true,
      validators: [listed, eachElement(a("device"))],
      description: "Devices of the node, under the same path.",
    }),
    extra_hosts: map(types.string, {
      optional: true,
      validators: [listed, eachKey(a("hostName")), eachValue(lengthBetween(1, 64))],
      description: "Names and their IP addresses, for `/etc/hosts`; `host-gateway` is the node.",
    }),
    hostname: string({
      optional: true,
      validators: [a("hostName"), lengthBetween(1, 63)],
      description: "Default: drawn by Docker, a different one for each instance.",
    }),
    dns_search: list(types.string, {
      optional: true,
      validators: [sizeBetween(0, containerLimits.searchDomains), eachElement(a("hostName"))],
      description: "Domains in which names are looked for before `service.consul`.",
    }),
    network: string({
      optional: true,
      validators: [a("network")],
      description: "A Docker network made on every node, instead of the usual one.",
    }),
    entrypoint: list(types.string, {
      optional: true,
      validators: [sizeBetween(1, 64)],
      description: "Instead of the image's own, as words; `command` follows it.",
    }),
    workdir: string({
      optional: true,
      validators: [a("path")],
      description: "Where the process starts. Default: the image's.",
    }),
    stop_signal: string({
      optional: true,
      validators: [oneOf(...stopSignals)],
      description: "What asks it to end, such as `INT`. Default: the image's, or `TERM`.",
    }),
    init: bool({
      optional: true,
      description: "Docker's own init as process 1, which reaps and heeds signals. Default: true.",
    }),
    logs: single(
      {
        max_size_mib: number({
          required: true,
          validators: whole(1, containerLimits.logMiB),
          description: "Size of one file.",
        }),
        max_files: number({
          required: true,
          validators: whole(1, containerLimits.logFiles),
          description: "Then the oldest goes.",
        }),
      },
      {
        optional: true,
        description: "How much of its output is kept. Default: 3 files of 10 MiB.",
      },
    ),
  },
  { optional: true, description: "What is asked of Docker alone; all of it has defaults." },
);
