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
  const before: Partial<Model> = prior ?? {};
  return {
    user: spell(found.user, before.user),
    read_only_root: spell(found.readOnlyRoot, before.read_only_root),
    cap_add: spell(found.capAdd, before.cap_add),
    cap_drop: spell(found.capDrop, before.cap_drop),
    ulimits: spell(found.ulimits, before.ulimits),
    shm_mib: spell(found.shmMiB, before.shm_mib),
    pids_limit: spell(found.pidsLimit, before.pids_limit),
    tmpfs: spell(
      found.tmpfs?.map(({ path, sizeMiB }) => ({ path, size_mib: sizeMiB })),
      before.tmpfs,
    ),
    volumes: spell(
      found.volumes?.map(({ readOnly, ...rest }) => ({ ...rest, read_only: readOnly })),
      before.volumes,
    ),
    devices: spell(found.devices, before.devices),
    extra_hosts: spell(
      extraHosts && Object.fromEntries(extraHosts.map((one) => [one.name, one.address])),
      before.extra_hosts,
    ),
    hostname: spell(found.hostname, before.hostname),
    dns_search: spell(found.dnsSearch, before.dns_search),
    network: spell(found.network, before.network),
    entrypoint: spell(found.entrypoint, before.entrypoint),
    workdir: spell(found.workdir, before.workdir),
    stop_signal: spell(found.stopSignal, before.stop_signal),
    init: spell(found.init, before.init),
    logs: spell(logs && { max_size_mib: logs.maxSizeMiB, max_files: logs.maxFiles }, before.logs),
  };
}

/** What is not there is null, or as empty as it was said to be. */
function spell<T>(found: T | undefined, prior: T | null | undefined): T | null {
  if (found !== undefined) return found;
  return prior !== undefined && isEmpty(prior) ? prior : null;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
