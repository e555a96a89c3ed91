import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where everything is that scripts read and write. All that is not kept in git lies under `.covey/`, or in the cache. */
export const repository = resolve(__dirname, "..");
export const coveyDir = join(repository, ".covey");
export const cacheDir = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "covey");

export const dockerSocket = "/var/run/docker.sock";
export const demoImage = "covey-demo-web:1";
/** Host, namespace and name under which the mirror holds our provider. */
export const providerSource = "registry.terraform.io/covey/covey";
export const providerVersion = "0.1.0";
/** What the provider runs for a node in a container unless it is told otherwise. */
export const nodeImage = `covey/node:${providerVersion}`;
/** What load balancers run unless they are told otherwise. */
export const haproxyImage = "covey-haproxy:1";

export const agentBundle = join(repository, "agent/dist/covey.js");
export const providerBundle = join(repository, "provider/dist/terraform-provider-covey");
/** The npm packages that the provider loads when it first needs them; they go wherever it goes. */
export const providerLibraries = join(repository, "provider/dist/lib");
export const terraformConfig = join(coveyDir, "terraform.rc");
export const environmentFile = join(coveyDir, "env");
export const cachedConsul = join(cacheDir, "bin/consul");
export const cachedRegistry = join(cacheDir, "bin/docker-registry");
export const binDir = join(coveyDir, "bin");
