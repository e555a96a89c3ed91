/**
 * A framework as its users write one with npm `mesos-framework`, in a process of its own because the package may end it.
 * Says what it hears, a line of JSON each; takes a word a line: kill ID AGENT, reconcile, teardown.
 */
import { Agent } from "node:https";
import { createInterface } from "node:readline";
import { Mesos, Scheduler } from "mesos-framework";

interface Settings {
  /** Of agents, any of which knows the leader. */
  readonly masters: readonly string[];
  readonly ca: string;
  readonly token: string;
  readonly logFolder: string;
  readonly image: string;
  readonly instances: number;
}

const { masters, ca, token, logFolder, image, instances } = JSON.parse(
  process.env["MESOS_FRAMEWORK"] ?? "{}",
) as Settings;
const messages = Mesos.getMesos();

const docker = new messages.ContainerInfo.DockerInfo(image);
// By name: for the number that its own enum has, the package makes no port mappings.
Object.assign(docker, { network: "BRIDGE" });
const { DOCKER } = messages.ContainerInfo.Type;
const containerInfo = new messages.ContainerInfo(DOCKER, null, null, docker);

const scheduler = new Scheduler({
  masterUrl: masters[0],
  port: 7440,
  frameworkName: "made for Mesos (0.5.3)",
  logging: { path: logFolder, fileName: "framework.log", level: "error" },
  tasks: {
    web: {
      priority: 1,
      instances,
      containerInfo,
      commandInfo: new messages.CommandInfo(
        null,
        null,
        true,
        "hostname > /www/index.html; exec busybox httpd -f -p 80 -h /www",
      ),
      resources: { cpus: 0.1, mem: 16, ports: 1, disk: 0 },
      portMappings: [{ port: 80, protocol: "tcp" }],
    },
  },
});

// The package knows no TLS and no token; both go into the template that it makes of each request.
const plain = scheduler.generateRequestTemplate;
const agent = new Agent({ ca });
scheduler.generateRequestTemplate = () => {
  plain();
  const authorization = `Basic ${Buffer.from(`mesos:${token}`).toString("base64")}`;
  Object.assign(scheduler.requestTemplate, { protocol: "https:", agent });
  scheduler.requestTemplate.headers["authorization"] = authorization;
};
scheduler.generateRequestTemplate();

function say(what: string, more: unknown): void {
  process.stdout.write(`${JSON.stringify({ what, more })}\n`);
}

let asked = 0;
/** The package gives up where an agent cannot be reached or there is no leader yet: another agent is asked, a second later. */
function askAnother(): void {
  setTimeout(() => {
    scheduler.options.masterUrl = masters[++asked % masters.length] ?? "";
    scheduler.options.port = 7440;
    scheduler.generateRequestTemplate();
    subscribe();
  }, 1000);
}

function subscribe(): void {
  scheduler.subscribe();
}

scheduler.on("ready", subscribe);
scheduler.on("subscribed", ({ frameworkId }: { frameworkId: string }) => {
  const { masterUrl } = scheduler.options;
  say("subscribed", { frameworkId, masterUrl });
  // Its stream may break without an end, which the package does not notice on its own.
  const { httpRequest } = scheduler;
  httpRequest.on("close", () => {
    if (scheduler.httpRequest === httpRequest) askAnother();
  });
});
scheduler.on("update", ({ status }: { status: unknown }) => say("update", status));
scheduler.on("heartbeat", () => say("heartbeat", undefined));
scheduler.on("error", (error: unknown) => {
  const message = String((error as { message?: unknown } | null)?.message ?? error);
  say("error", message);
  if (/Error registering|problem with the request/.test(message)) askAnother();
});
for (const sent of ["sent_accept", "sent_acknowledge", "sent_kill", "sent_teardown"])
  scheduler.on(sent, () => say(sent, undefined));

createInterface({ input: process.stdin }).on("line", (line) => {
  const [word, task = "", node = ""] = line.split(" ");
  if (word === "kill") scheduler.kill(task, node);
  if (word === "reconcile") scheduler.reconcile();
  if (word === "teardown") scheduler.teardown();
});
