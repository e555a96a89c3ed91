/** Labels every part may read: which service and which version of it a task belongs to. */
export const taskLabels = {
  service: "covey.service",
  version: "covey.version",
  /** Ports beside its own that it shares with its successor on the node, `80,443`; the first is where it is found. */
  sharedPorts: "covey.shared-ports",
} as const;

export function sharedPortsOf(labels: Readonly<Record<string, string>>): number[] {
  return (labels[taskLabels.sharedPorts] ?? "").split(",").map(Number).filter(isPort);
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}
