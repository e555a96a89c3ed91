import { timeoutsAttribute } from "../plugin";

export { timeoutMs } from "../plugin";

/** What these resources can be told to hurry up with. */
export type Operation = "create" | "update" | "delete";

export const nodeTimeouts = timeoutsAttribute({ create: "2m", update: "2m", delete: "2m" });
export const serviceTimeouts = timeoutsAttribute({ create: "5m", update: "5m", delete: "5m" });
