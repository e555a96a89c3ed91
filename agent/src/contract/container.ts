import { z } from "zod";
import { containerLimits, containerPatterns, stopSignals, ulimitNames } from "./container-limits";

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
