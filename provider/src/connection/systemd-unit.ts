import { InstallError } from "./install-error";
import type { NodeName } from "./node-network";
import type { NodePaths } from "./node-paths";

export const unitDirectory = "/etc/systemd/system";

export function unitName({ cluster, node }: NodeName): string {
  return `covey-${cluster}-${node}.service`;
}

/** The first line: `covey-a-b-c` may be node `c` of `a-b`, or `b-c` of `a`. */
export function unitOwner({ cluster, node }: NodeName): string {
  return `# Runs node ${node} of Covey cluster ${cluster}.`;
}

/**
 * `KillMode=process`: Consul and containers outlive the agent (docs/decisions/0003). An agent that ends with 0 has left its
 * cluster and is not started again. Memory: as in supervisor-script.ts.
 * @param version of systemd: before 254 it knows no growing delay
 */
export function unitText(
  name: NodeName,
  paths: NodePaths,
  runtime: string,
  version: number,
): string {
  const program = [runtime, "--optimize-for-size"];
  const agent = [paths.bundle, "agent", "--config", paths.config];
  const growingDelay = version >= 254 ? "RestartSteps=5\nRestartMaxDelaySec=30\n" : "";
  return `${unitOwner(name)}
[Unit]
Description=Covey agent of node ${name.node}, cluster ${name.cluster}
After=network-online.target docker.service
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
WorkingDirectory=${plain(paths.directory)}
Environment=MALLOC_ARENA_MAX=1 NODE_OPTIONS=--max-semi-space-size=1
ExecStart=${[...program, ...agent].map((word) => quoted(word)).join(" ")}
UMask=0077
LimitNOFILE=65536
KillMode=process
TimeoutStopSec=15
Restart=on-failure
RestartSec=1
${growingDelay}
[Install]
WantedBy=multi-user.target
`;
}

/** systemd.service(5), "COMMAND LINES": `%` begins a specifier everywhere. */
function quoted(text: string): string {
  return `"${plain(text)}"`;
}

function plain(text: string): string {
  refuseControl(text);
  return text.replaceAll("%", "%%");
}

/** A new line would end the setting; the program's own path may not hold quotes, whatever their escape. */
function refuseControl(text: string): void {
  const odd = /[\p{Cc}"'\\$]/u.exec(text)?.[0];
  if (odd === undefined) return;
  throw new InstallError(
    "write the systemd unit",
    `${JSON.stringify(text)} holds ${JSON.stringify(odd)}, which systemd does not take in the path of a program; give the node a data_dir without it`,
    "data_dir",
  );
}
