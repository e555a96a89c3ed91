import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Cluster, Health, Host, Size } from "@covey/constructs";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** What `npm run lab -- up` writes down: hosts, the key that lets in, the registry they pull from. */
interface Lab {
  readonly keyFile: string;
  readonly registry: string;
  readonly hosts: readonly { readonly address: string; readonly hostKey: string }[];
}

const file = process.env["LAB_STATE"] ?? join(__dirname, "../../.covey/lab/lab.json");
const lab = JSON.parse(readFileSync(file, "utf8")) as Lab;

/** The lab's hosts as a cluster over SSH: the first three vote, and a web service runs on all. */
class LabCluster extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const cluster = new Cluster(this, "lab", { voters: 3, mesh: "lan" });
    const hosts = lab.hosts.map(({ address, hostKey }) =>
      Host.ssh(`root@${address}`, { privateKeyFile: lab.keyFile, hostKey }),
    );
    // The hosts share one machine, so that each must not offer all of it.
    cluster.addNodes("node", hosts, { resources: { cpus: 2, memory: Size.mebibytes(1024) } });
    cluster.addService("web", {
      image: `${lab.registry}/covey-demo-web:1`,
      instances: Number(process.env["WEB_INSTANCES"] ?? 6),
      cpus: 0.1,
      memory: Size.mebibytes(32),
      port: 80,
      health: Health.http("/"),
      command: [
        "sh",
        "-c",
        'echo "hello from $COVEY_TASK_ID" | tee /www/index.html && exec httpd -f -p 80 -h /www',
      ],
    });
  }
}

const app = new App();
new LabCluster(app, "lab-cluster");
app.synth();
