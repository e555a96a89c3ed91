import { z } from "zod";

/** Bounds of `container`, for the API and the provider alike. */
export const containerLimits = {
  listed: 32,
  capabilities: 64,
  memoryMiB: 16 * 1024 * 1024,
  pids: 4_194_304,
  logMiB: 4096,
  logFiles: 100,
  /** glibc's resolver takes six, and the node's own is one of them. */
  searchDomains: 5,
} as const;

export const ulimitNames = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;

export const stopSignals = [
  "ABRT",
  "HUP",
  "INT",
  "KILL",
  "QUIT",
  "TERM",
  "USR1",
  "USR2",
  "WINCH",
] as const;

/** Each with its rule in words, for whoever refuses a value. */
export const containerPatterns = {
  path: { regex: /^\/(?!.*(^|\/)\.\.(\/|$))[^\0]{0,1023}$/, rule: "an absolute path without '..'" },
  target: {
    regex: /^\/(?!.*(^|\/)\.\.(\/|$))[^\0]{1,1023}$/,
    rule: "an absolute path without '..', other than '/'",
  },
  device: { regex: /^\/dev\/(?!.*\.\.)[^\0:]{1,250}$/, rule: "a path below /dev" },
  user: {
    regex: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/,
    rule: "a user's name or number, or USER:GROUP",
  },
  capability: {
    regex: /^(?!CAP_)[A-Z][A-Z_]{1,40}$/,
    rule: "a capability without CAP_, such as NET_ADMIN, or ALL",
  },
  hostName: {
    regex: /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*$/,
    rule: "a host's name: letters, digits, '-' and '.'",
  },
  network: {
    regex: /^(?!(host|none|bridge|default)$)[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
    rule: "the name of a Docker network that someone made on the nodes; for the node's own network there is `network`",
  },
} as const;

function matching(kind: keyof typeof containerPatterns): z.ZodString {
  const { regex, rule } = containerPatterns[kind];
  return z.string().regex(regex, `must be ${rule}`);
}

function whole(min: number, max: number): z.ZodNumber {
  return z.number().int().min(min).max(max);
}

const ulimit = z
  .strictObject({ name: z.enum(ulimitNames), soft: whole(-1, 1e15), hard: whole(-1, 1e15) })
  .refine(({ soft, hard }) => hard === -1 || (soft !== -1 && soft <= hard), {
    path: ["soft"],
    message: "must not be above hard",
  });

const address = z.union([z.ipv4(), z.ipv6(), z.literal("host-gateway")], {
  message: "must be an IP address, or host-gateway for the node's own",
});

export const containerSchema = z
  .strictObject({
    user: matching("user").optional(),
    readOnlyRoot: z.boolean().optional(),
    capAdd: z.array(matching("capability")).max(containerLimits.capabilities).optional(),
    capDrop: z.array(matching("capability")).max(containerLimits.capabilities).optional(),
    ulimits: z
      .array(ulimit)
      .max(ulimitNames.length)
      .refine(
        (all) => new Set(all.map(({ name }) => name)).size === all.length,
        "must name each limit once",
      )
      .optional(),
    shmMiB: whole(1, containerLimits.memoryMiB).optional(),
    pidsLimit: whole(2, containerLimits.pids).optional(),
    tmpfs: z
      .array(
        z.strictObject({ path: matching("target"), sizeMiB: whole(1, containerLimits.memoryMiB) }),
      )
      .max(containerLimits.listed)
      .optional(),
    volumes: z
      .array(
        z.strictObject({
          source: matching("path"),
          target: matching("target"),
          readOnly: z.boolean().default(false),
        }),
      )
      .max(containerLimits.listed)
      .optional(),
    devices: z.array(matching("device")).max(containerLimits.listed).optional(),
    extraHosts: z
      .array(z.strictObject({ name: matching("hostName"), address }))
      .max(containerLimits.listed)
      .optional(),
    hostname: matching("hostName").max(63).optional(),
    dnsSearch: z.array(matching("hostName")).max(containerLimits.searchDomains).optional(),
    network: matching("network").optional(),
    entrypoint: z.array(z.string().max(4096)).min(1).max(64).optional(),
    workdir: matching("path").optional(),
    stopSignal: z.enum(stopSignals).optional(),
    init: z.boolean().optional(),
    logs: z
      .strictObject({
        maxSizeMiB: whole(1, containerLimits.logMiB),
        maxFiles: whole(1, containerLimits.logFiles),
      })
      .optional(),
  })
  .superRefine(({ tmpfs = [], volumes = [] }, context) => {
    const targets = [...tmpfs.map(({ path }) => path), ...volumes.map(({ target }) => target)];
    const twice = targets.find((target, index) => targets.indexOf(target) !== index);
    if (twice !== undefined)
      context.addIssue({
        code: "custom",
        path: ["volumes"],
        message: `two mounts have the target '${twice}'`,
      });
  });
