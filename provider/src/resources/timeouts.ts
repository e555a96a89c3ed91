import { timeouts } from "../plugin";

export const nodeTimeouts = timeouts({ create: "2m", update: "2m", delete: "2m" });
export const serviceTimeouts = timeouts({ create: "5m", update: "5m", delete: "5m" });

export type Operation = keyof typeof nodeTimeouts.defaults;
