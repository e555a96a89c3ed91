/** Composition root of the provider's process: what it is made of, and the world it is given. */
import { createHash } from "node:crypto";
import { createReadStream, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Machines, ProgramHashes } from "./connection";
import { attributes, isUnknown, serveProvider, withProviderData } from "./plugin";
import {
  clusterResource,
  defaultNodeTiming,
  loadBalancerResource,
  nodeResource,
  roleResource,
  serviceResource,
  Silences,
} from "./resources";
import type { AgentBundle, ProviderData } from "./resources";

const version = "0.1.0";

const machines = new Machines();
const hashes = new ProgramHashes();
const silences = new Silences(() => performance.now());

export const provider = withProviderData<ProviderData>().provider({
  name: "covey",
  address: "registry.terraform.io/covey/covey",
  version,
  schema: {
    description: "Covey turns a set of Linux machines into one computer.",
    attributes: {
      access_key: attributes.string({
        optional: true,
        sensitive: true,
        description:
          "The `access_key` of a cluster, for importing services. Default: COVEY_ACCESS_KEY. Resources name their cluster themselves.",
      }),
    },
  },
  configure: (_context, config) => ({
    accessKey: knownText(config.access_key) ?? setting("COVEY_ACCESS_KEY"),
    joinKeyFile: setting("COVEY_JOIN_KEY_FILE"),
    sshKeyFile: setting("COVEY_SSH_KEY_FILE"),
    dockerCertPath: setting("DOCKER_CERT_PATH"),
    bundle: bundleBeside(__filename),
    ownRuntime: process.execPath,
    programHash: (path) => hashes.of(path),
    machines,
    nodeTiming: defaultNodeTiming,
    silences,
    now: () => new Date(),
  }),
  resources: [clusterResource, nodeResource, serviceResource, loadBalancerResource, roleResource],
});

/** The agent's program lies beside the provider's own, wherever Terraform's links lead to. */
function bundleBeside(program: string): AgentBundle {
  const path = join(dirname(realpathSync(program)), "covey.js");
  let hash: Promise<string> | undefined;
  return { path, hash: () => (hash ??= digest(path)) };
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new Error(
      `the agent's program ${path} cannot be read: it belongs beside the provider's own, which is not wholly installed`,
      { cause },
    );
  }
  return hash.digest("hex");
}

function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

if (require.main === module) void serveProvider(provider);
