import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformProject } from "./terraform-project";

/** The smallest cluster there is: one voter on a loopback address, with a data directory of its own. */
export class OneNode {
  /** Holds the node's data directory, and nothing else. */
  readonly folder = mkdtempSync(join(tmpdir(), "covey-e2e-node-"));
  readonly dataDir = join(this.folder, "n1");

  constructor(
    readonly name: string,
    readonly address: string,
  ) {}

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  cluster(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { name: this.name, voters: { n1: this.address }, ...more };
  }

  node(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      name: "n1",
      cluster: "${covey_cluster.c.join_key}",
      data_dir: this.dataDir,
      local: {},
      resources: { cpus: 2, memory_mib: 512 },
      ...more,
    };
  }

  service(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      name: "web",
      cluster: "${covey_cluster.c.access_key}",
      image: "covey-demo-web:1",
      command: ["busybox", "httpd", "-f", "-p", "80"],
      cpus: 0.1,
      memory_mib: 16,
      ports: [{ name: "http", container_port: 80 }],
      health: { tcp: true, port: "http" },
      depends_on: ["covey_node.n1"],
      ...more,
    };
  }

  /** Cluster and node, and the services given. */
  write(project: TerraformProject, services: Record<string, Record<string, unknown>> = {}): void {
    project.write({
      covey_cluster: { c: this.cluster() },
      covey_node: { n1: this.node() },
      ...(Object.keys(services).length > 0 ? { covey_service: services } : {}),
    });
  }
}
