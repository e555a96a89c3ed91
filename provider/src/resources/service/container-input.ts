import type { ServiceInput, ServiceView } from "@covey/agent/contract";
import type { ServiceModel } from "./schema";

type Model = NonNullable<ServiceModel["container"]>;
type Input = NonNullable<ServiceInput["container"]>;
type Options = NonNullable<ServiceView["spec"]["container"]>;

/** The options as the API takes them: what is not said is left out. */
export function containerInput(model: Model): Input {
  const { ulimits, tmpfs, volumes, extra_hosts: hosts, logs } = model;
  const input: { readonly [K in keyof Input]-?: Input[K] | null } = {
    user: model.user,
    readOnlyRoot: model.read_only_root,
    capAdd: model.cap_add && [...model.cap_add],
    capDrop: model.cap_drop && [...model.cap_drop],
    // Here and below the schema's validators let no other value pass.
    ulimits: ulimits && ulimits.map((one) => ({ ...one, name: one.name as UlimitName })),
    shmMiB: model.shm_mib,
    pidsLimit: model.pids_limit,
    tmpfs: tmpfs && tmpfs.map(({ path, size_mib }) => ({ path, sizeMiB: size_mib })),
    volumes:
      volumes &&
      volumes.map(({ source, target, read_only }) => ({ source, target, readOnly: read_only })),
    devices: model.devices && [...model.devices],
    extraHosts:
      hosts && Object.entries(hosts).map(([name, address]) => ({ name, address: address })),
    hostname: model.hostname,
    dnsSearch: model.dns_search && [...model.dns_search],
    network: model.network,
    entrypoint: model.entrypoint && [...model.entrypoint],
    workdir: model.workdir,
    stopSignal: model.stop_signal as StopSignal | null,
    init: model.init,
    logs: logs && { maxSizeMiB: logs.max_size_mib, maxFiles: logs.max_files },
  };
  const said = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(said);
}

type UlimitName = NonNullable<Input["ulimits"]>[number]["name"];
type StopSignal = NonNullable<Input["stopSignal"]>;

/** What the cluster has, in the spelling of `prior`: an empty list or object here and none there are one. */
export function containerModel(found: Options | undefined, prior: Model | null): Model | null {
  if (found === undefined) return prior && modelOf({}, prior);
  return modelOf(found, prior);
}

function modelOf(found: Options, prior: Model | null): Model {
  const { extraHosts, logs } = found;
  const said: { readonly [K in keyof Model]: Model[K] | undefined } = {
    user: found.user,
    read_only_root: found.readOnlyRoot,
    cap_add: found.capAdd,
    cap_drop: found.capDrop,
    ulimits: found.ulimits,
    shm_mib: found.shmMiB,
    pids_limit: found.pidsLimit,
    tmpfs: found.tmpfs?.map(({ path, sizeMiB }) => ({ path, size_mib: sizeMiB })),
    volumes: found.volumes?.map(({ readOnly, ...rest }) => ({ ...rest, read_only: readOnly })),
    devices: found.devices,
    extra_hosts: extraHosts && Object.fromEntries(extraHosts.map((one) => [one.name, one.address])),
    hostname: found.hostname,
    dns_search: found.dnsSearch,
    network: found.network,
    entrypoint: found.entrypoint,
    workdir: found.workdir,
    stop_signal: found.stopSignal,
    init: found.init,
    logs: logs && { max_size_mib: logs.maxSizeMiB, max_files: logs.maxFiles },
  };
  const spelled = Object.entries(said).map(([name, value]) => {
    const before = prior?.[name as keyof Model];
    return [name, value ?? (isEmpty(before) ? before : null)] as const;
  });
  return Object.fromEntries(spelled) as unknown as Model;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
