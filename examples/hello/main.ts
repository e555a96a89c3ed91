import { Cluster, Health, Host, Size } from "@covey/constructs";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** Three nodes on this machine, all of them voters, and a small web service on them. */
class Hello extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const cluster = new Cluster(this, "hello", { voters: 3 });
    cluster.addNodes("node", [Host.local(), Host.local(), Host.local()]);
    cluster.addService("web", {
      image: "covey-demo-web:1",
      instances: Number(process.env["WEB_INSTANCES"] ?? 3),
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
new Hello(app, "hello");
app.synth();
