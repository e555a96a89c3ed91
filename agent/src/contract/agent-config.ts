import { z } from "zod";
import { defaultPorts } from "./limits";
import { nameSchema } from "./service";

const ipv4 = z.ipv4();
const port = z.number().int().min(1).max(65535);
const key32 = z
  .string()
  .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64");

const portRange = z
  .strictObject({ begin: port, end: port })
  .refine((range) => range.begin <= range.end, "begin must not be above end");

const consulSchema = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("managed"),
    /** Absolute path of the consul program. */
    binary: z.string().startsWith("/"),
    httpPort: port.default(8500),
    /** 53, so that containers can use it as their resolver. */
    dnsPort: port.default(53),
    gossipKey: key32,
    /** Management token; a UUID. */
    token: z.guid(),
    /** Resolvers asked for every other name; empty: those of /etc/resolv.conf. */
    recursors: z.array(ipv4).default([]),
  }),
  z.strictObject({
    mode: z.literal("external"),
    /** `http://host:port` or `https://host:port` of this node's Consul agent. */
    address: z.url(),
    token: z.string().optional(),
    /** Given to containers as resolver where present. */
    dns: ipv4.optional(),
  }),
]);

/** The agent's configuration file (JSON, readable by its owner only: it holds secrets). Unknown keys are refused. */
export const agentConfigSchema = z
  .strictObject({
    cluster: nameSchema,
    datacenter: nameSchema.default("dc1"),
    node: nameSchema,
    /** Reachable by every node and every container. */
    address: ipv4,
    ports: z
      .strictObject({
        api: port.default(defaultPorts.api),
        grpc: port.default(defaultPorts.grpc),
        mesh: port.default(defaultPorts.mesh),
      })
      .default(defaultPorts),
    /** The declared voters, name to address: 1, 3, 5 or 7 of them. Also the seeds of the mesh. */
    voters: z
      .record(nameSchema, ipv4)
      .refine(
        (voters) => [1, 3, 5, 7].includes(Object.keys(voters).length),
        "must be 1, 3, 5 or 7 voters: an even number fails as soon as one fewer would",
      )
      .refine(
        (voters) => new Set(Object.values(voters)).size === Object.keys(voters).length,
        "two voters have the same address",
      ),
    dataDir: z.string().startsWith("/"),
    /** Mesh encryption, AES-256-GCM: what is sent is sealed with it. */
    gossipKey: key32,
    /**
     * What is received may also be sealed with one of these. To rotate: add the new key here on all nodes, then make it
     * `gossipKey` and put the old one here, then take the old one out; the mesh is never without a key that all know.
     */
    otherGossipKeys: z.array(key32).max(4).optional(),
    /** Bearer token of the HTTP API. */
    token: z.string().min(16),
    tls: z.strictObject({
      ca: z.string().includes("BEGIN CERTIFICATE"),
      cert: z.string().includes("BEGIN CERTIFICATE"),
      key: z.string().includes("PRIVATE KEY"),
    }),
    /** What the node offers; what is left out is read off the machine. */
    resources: z
      .strictObject({
        cpus: z.number().positive().optional(),
        memMiB: z.number().int().positive().optional(),
        diskMiB: z.number().int().positive().optional(),
        ports: z.array(portRange).max(64).optional(),
      })
      .default({}),
    attributes: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
    docker: z
      .strictObject({
        socket: z.string().startsWith("/").default("/var/run/docker.sock"),
        /** Docker network the node's bridge tasks join; undefined: Docker's default bridge. */
        network: z.string().optional(),
      })
      .default({ socket: "/var/run/docker.sock" }),
    consul: consulSchema,
    /** Timing of the mesh: `local` for one machine, `lan` for one site, `wan` for several. */
    preset: z.enum(["local", "lan", "wan"]).default("lan"),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
  })
  .superRefine((config, context) => {
    const declared = config.voters[config.node];
    if (declared !== undefined && declared !== config.address)
      context.addIssue({
        code: "custom",
        path: ["address"],
        message: `voter '${config.node}' is declared at ${declared}`,
      });
    const taken = Object.entries(config.voters).find(
      ([name, address]) => address === config.address && name !== config.node,
    );
    if (taken)
      context.addIssue({
        code: "custom",
        path: ["address"],
        message: `${config.address} is the address of voter '${taken[0]}'`,
      });
  });

/** As written to the file. */
export type RawAgentConfig = z.input<typeof agentConfigSchema>;
/** With defaults. */
export type AgentConfig = z.output<typeof agentConfigSchema>;
