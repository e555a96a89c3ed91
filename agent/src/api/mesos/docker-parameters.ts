import { containerSchema } from "../../contract/index";
import type { ContainerOptions } from "../../model/container";
import { readContainerOptions } from "../../model/container";
import { clip, TaskRefused } from "./refusal";

interface Parameter {
  readonly key: string;
  readonly value: string;
}

type Reader = (values: readonly string[]) => Readonly<Record<string, unknown>>;

/** What of `docker run`'s options there is here (Mesos hands them on as they are). */
const readers: Readonly<Record<string, Reader>> = {
  "add-host": (values) => ({ extraHosts: values.map((value) => pair(value, ["name", "address"])) }),
  "cap-add": (values) => ({ capAdd: values.map(capability) }),
  "cap-drop": (values) => ({ capDrop: values.map(capability) }),
  device: (values) => ({ devices: values }),
  "dns-search": (values) => ({ dnsSearch: values }),
  entrypoint: (values) => ({ entrypoint: values.slice(-1) }),
  hostname: (values) => ({ hostname: values.at(-1) }),
  init: (values) => ({ init: flag(values.at(-1)) }),
  network: (values) => ({ network: values.at(-1) }),
  "pids-limit": (values) => ({ pidsLimit: Number(values.at(-1)) }),
  "read-only": (values) => ({ readOnlyRoot: flag(values.at(-1)) }),
  "stop-signal": (values) => ({ stopSignal: values.at(-1)?.replace(/^SIG/, "") }),
  ulimit: (values) => ({ ulimits: values.map(ulimit) }),
  user: (values) => ({ user: values.at(-1) }),
  workdir: (values) => ({ workdir: values.at(-1) }),
};

/** Throws TaskRefused for a parameter that is not there, or not what its option takes. */
export function dockerParameters(parameters: readonly Parameter[]): ContainerOptions {
  const values = new Map<string, string[]>();
  for (const { key, value } of parameters) values.set(key, [...(values.get(key) ?? []), value]);
  const parts = [...values].map(([key, all]) => {
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (read) return read(all);
    throw new TaskRefused(
      `docker.parameters: '${clip(key)}' is not there; there are ${Object.keys(readers).join(", ")}`,
    );
  });
  return checkedOptions(Object.assign({}, ...parts) as Record<string, unknown>);
}

/** By the rules that a service's container keeps. Throws TaskRefused. */
export function checkedOptions(options: Readonly<Record<string, unknown>>): ContainerOptions {
  const result = containerSchema.safeParse(options);
  if (result.success) return readContainerOptions(result.data) ?? {};
  const [issue] = result.error.issues;
  throw new TaskRefused(`container: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

function capability(value: string): string {
  return value.toUpperCase().replace(/^CAP_/, "");
}

function flag(value: string | undefined): boolean {
  return value !== "false";
}

function pair(value: string, [first, second]: readonly [string, string]): Record<string, string> {
  const at = value.indexOf(":");
  return { [first]: value.slice(0, Math.max(at, 0)), [second]: value.slice(at + 1) };
}

/** `nofile=1024:2048`, or one number for both. */
function ulimit(value: string): Record<string, unknown> {
  const [name, numbers = ""] = value.split("=", 2);
  const [soft, hard = soft] = numbers.split(":", 2);
  return { name, soft: Number(soft), hard: Number(hard) };
}
