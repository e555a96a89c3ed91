import type { Lab } from "./lab";
import type { LabHost } from "./lab-host";

/** A line for each host, and how to reach them. @throws Error where there is no lab */
export function describeLab(lab: Lab): string {
  const { keyFile, registry } = lab.state;
  const hosts = lab.hosts.map(
    (host) => `  ${host.name}  ${host.address}  ${conditionOf(lab, host)}`,
  );
  const [first] = lab.hosts;
  return [
    ...hosts,
    `ssh -i ${keyFile} root@${first?.address ?? "ADDRESS"}; images: ${registry}/NAME:TAG`,
    "",
  ].join("\n");
}

function conditionOf(lab: Lab, host: LabHost): string {
  if (!host.isUp) return "off";
  const faults = [
    ...(host.processes.isFrozen() ? ["frozen"] : []),
    ...(lab.lan.isIsolated(host.name) ? ["cut off"] : []),
    ...host.drops().map((direction) => `cut off (${direction})`),
  ];
  return faults.length === 0 ? "up" : faults.join(", ");
}
