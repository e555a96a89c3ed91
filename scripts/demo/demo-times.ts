/** What the demo measures, in milliseconds. */
export interface DemoTimes {
  /** `cdktf deploy` from nothing to a healthy service, all of it. */
  readonly deployMs: number;
  /** From the first container's start to the first answer of DNS with its address. */
  readonly firstDnsAnswerMs: number;
  /** From Docker's killing of a container to its start of the new one, both by Docker's clock. */
  readonly replacedMs: number;
  /** From the same kill to DNS naming all instances, and only those that run. */
  readonly dnsRightMs: number;
  /** From SIGKILL of the master's agent to a new master that the others know. */
  readonly succeededMs: number;
  /** `cdktf deploy` of one more instance, all of it. */
  readonly scaleMs: number;
  /** `cdktf destroy`, all of it. */
  readonly destroyMs: number;
}

export const timeNames: Readonly<Record<keyof DemoTimes, string>> = {
  deployMs: "deploy: three nodes and a healthy service",
  firstDnsAnswerMs: "first container started -> DNS answers",
  replacedMs: "container killed -> new one started",
  dnsRightMs: "container killed -> DNS right again",
  succeededMs: "master killed -> new master",
  scaleMs: "deploy: one more instance",
  destroyMs: "destroy: nothing left",
};

/** One row a time, longest name first in width. */
export function formatTimes(times: Partial<DemoTimes>): string {
  const keys = Object.keys(timeNames) as (keyof DemoTimes)[];
  const width = Math.max(...keys.map((key) => timeNames[key].length));
  return keys
    .flatMap((key) => {
      const value = times[key];
      return value === undefined
        ? []
        : [`  ${timeNames[key].padEnd(width)}  ${formatMs(value).padStart(9)}`];
    })
    .join("\n");
}

export function formatMs(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}
