import { Resolver } from "node:dns/promises";
import { get } from "node:http";
import { run } from "../../scripts/command";
import { demoImage } from "../../scripts/paths";
import { TerraformProject } from "./terraform-project";

/** A cluster whose nodes are containers of this machine's engine. */
export class DockerCluster {
  readonly project = new TerraformProject();

  /** @param network the first three numbers of the nodes' addresses: `10.214.21` */
  constructor(
    readonly name: string,
    readonly network: string,
    readonly nodes: readonly string[],
  ) {}

  addressOf(node: string): string {
    return `${this.network}.${11 + this.nodes.indexOf(node)}`;
  }

  cluster(): Record<string, unknown> {
    const voters = Object.fromEntries(this.nodes.map((node) => [node, this.addressOf(node)]));
    return { name: this.name, voters };
  }

  node(name: string, docker: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      name,
      cluster: "${covey_cluster.c.join_key}",
      docker: { cpus: 1, memory_mib: 1024, images: [demoImage], ...docker },
    };
  }

  service(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      name: "web",
      cluster: "${covey_cluster.c.access_key}",
      image: demoImage,
      command: ["sh", "-c", "hostname > /www/index.html; exec busybox httpd -f -p 80 -h /www"],
      instances: 2,
      cpus: 0.1,
      memory_mib: 16,
      ports: [{ name: "http", container_port: 80 }],
      health: { http: "/", port: "http" },
      depends_on: this.nodes.map((node) => `covey_node.${node}`),
      ...more,
    };
  }

  write(services: Record<string, unknown> = {}, docker: Record<string, unknown> = {}): void {
    this.project.write({
      covey_cluster: { c: this.cluster() },
      covey_node: Object.fromEntries(this.nodes.map((node) => [node, this.node(node, docker)])),
      ...(Object.keys(services).length > 0 ? { covey_service: services } : {}),
    });
  }

  container(node: string): string {
    return `covey-${this.name}-${node}`;
  }

  /** Of the node's container: which it is, and since when it runs. */
  async identity(node: string): Promise<string> {
    return this.inspect(node, "{{.Id}} {{.State.StartedAt}}");
  }

  /** Which container the node is, also before its first start. */
  async containerId(node: string): Promise<string> {
    return this.inspect(node, "{{.Id}}");
  }

  private async inspect(node: string, format: string): Promise<string> {
    const of = ["--type", "container", this.container(node)];
    return (await run("docker", ["inspect", "-f", format, ...of])).trim();
  }

  /** Ids and start times of the tasks that run on a node, in a fixed order. */
  async tasks(node: string): Promise<readonly string[]> {
    const inside = ["exec", this.container(node), "sh", "-c"];
    const script =
      'ids=$(docker ps -q --no-trunc --filter label=covey.task); [ -z "$ids" ] || docker inspect -f "{{.Id}} {{.State.StartedAt}}" $ids';
    return linesOf(await run("docker", [...inside, script])).sort();
  }

  /** Containers, volumes and networks that are there of it. */
  async remains(): Promise<readonly string[]> {
    const filter = ["--filter", `label=covey.machine.cluster=${this.name}`];
    const lists = await Promise.all([
      run("docker", ["ps", "-a", "--format", "{{.Names}}", ...filter]),
      run("docker", ["volume", "ls", "--format", "{{.Name}}", ...filter]),
      run("docker", ["network", "ls", "--format", "{{.Name}}", ...filter]),
    ]);
    return lists.flatMap(linesOf);
  }

  /** What the instances of a service answer, found by Consul's DNS at a node, each once. */
  async answers(service: string, node: string): Promise<readonly string[]> {
    const resolver = new Resolver({ timeout: 1000, tries: 2 });
    resolver.setServers([`${this.addressOf(node)}:53`]);
    const records = await resolver.resolveSrv(`${service}.service.consul`);
    return Promise.all(
      records.map(async ({ name, port }) => {
        const [address = ""] = await resolver.resolve4(name);
        return fetchText(address, port);
      }),
    );
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function fetchText(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = get({ host, port, timeout: 2000 }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += String(chunk)));
      answer.on("end", () => {
        resolve(text.trim());
      });
    });
    sent.on("error", reject).on("timeout", () => sent.destroy(new Error("no answer")));
  });
}
