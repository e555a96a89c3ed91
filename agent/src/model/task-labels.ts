/** Labels every part may read: which service and which version of it a task belongs to. */
export const taskLabels = {
  service: "covey.service",
  version: "covey.version",
} as const;
