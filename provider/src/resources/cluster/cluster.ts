import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { assertKeyPair, makeAuthority, reasonOf } from "../../connection";
import { isUnknown, PluginError, present, UNKNOWN, withProviderData } from "../../plugin";
import { encodeAccessKey } from "../keys/access-key";
import { accessKeyOf, decodeJoinKey, encodeJoinKey, endpointsOf } from "../keys/join-key";
import type { ConsulSettings, JoinKey, MeshPreset } from "../keys/join-key";
import { allKnown } from "../known";
import type { ProviderData } from "../provider-data";
import { clusterSchema } from "./schema";
import type { ClusterModel, ClusterPlan } from "./schema";

/** Lives in the state alone: there is nothing remote to read, change or remove. */
export const clusterResource = withProviderData<ProviderData>().resource({
  type: "covey_cluster",
  schema: clusterSchema,

  async create(context, plan) {
    const authority = await makeAuthority(`Covey ${plan.name}`, context.providerData.now());
    return withDerived({
      ...plan,
      ca_certificate: authority.certificate,
      ca_private_key: authority.privateKey,
      gossip_key: randomBytes(32).toString("base64"),
      token: randomUUID(),
    });
  },

  read: (_context, state) => Promise.resolve(state),

  update: (_context, plan) => Promise.resolve(withDerived(plan)),

  delete: () => Promise.resolve(),

  import: (_context, id) => importCluster(id),

  modifyPlan(_context, request) {
    const { planned, prior } = request;
    if (prior && !isUnknown(planned.consul) && planned.consul.mode !== prior.consul.mode)
      request.requireReplace(["consul", "mode"]);
    if (prior && !sameNames(planned.voters, prior.voters)) request.requireReplace(["voters"]);
    return planDerived(planned);
  },
});

/**
 * While some agents count the old voters and some the new, each could have a majority of its own: with other names the
 * cluster is made anew. A voter's address may change in place; it is the same voter. Names not known yet may be others: a
 * replacement that turns out needless is safe, one that core has not planned is refused.
 */
function sameNames(planned: ClusterPlan["voters"], prior: ClusterModel["voters"]): boolean {
  if (isUnknown(planned)) return false;
  const names = Object.keys(planned);
  return names.length === Object.keys(prior).length && names.every((name) => name in prior);
}

function withDerived(model: ClusterModel): ClusterModel {
  const key = joinKeyOf(model);
  return {
    ...model,
    id: model.name,
    endpoints: endpointsOf(model.voters),
    access_key: encodeAccessKey(accessKeyOf(key)),
    join_key: encodeJoinKey(key),
  };
}

/** What follows from known values is planned: a change of voters then reaches the nodes in the same apply. */
function planDerived(planned: ClusterPlan): ClusterPlan {
  const id = planned.name;
  const { voters } = planned;
  const endpoints = allKnown(voters) ? endpointsOf(voters) : UNKNOWN;
  const derived = { ...planned, id, endpoints };
  return allKnown(derived.voters) && everyInputKnown(derived)
    ? withDerived(derived)
    : { ...derived, access_key: UNKNOWN, join_key: UNKNOWN };
}

function everyInputKnown(plan: ClusterPlan): plan is ClusterModel {
  const { name, datacenter, consul, mesh } = plan;
  const { ca_certificate, ca_private_key, gossip_key, token } = plan;
  return [name, datacenter, consul, mesh, ca_certificate, ca_private_key, gossip_key, token].every(
    allKnown,
  );
}

function joinKeyOf(model: ClusterModel): JoinKey {
  return {
    cluster: model.name,
    datacenter: model.datacenter,
    voters: model.voters,
    authority: {
      certificate: present(model.ca_certificate, "ca_certificate"),
      privateKey: present(model.ca_private_key, "ca_private_key"),
    },
    gossipKey: present(model.gossip_key, "gossip_key"),
    token: present(model.token, "token"),
    consul: consulOf(model.consul),
    // The schema's rule lets nothing else through.
    mesh: model.mesh as MeshPreset,
  };
}

function consulOf(consul: ClusterModel["consul"]): ConsulSettings {
  if (consul.mode !== "external") return { mode: "managed" };
  return {
    mode: "external",
    address: present(consul.address, "consul.address"),
    ...(consul.token === null ? {} : { token: consul.token }),
    ...(consul.dns === null ? {} : { dns: consul.dns }),
  };
}

async function importCluster(path: string): Promise<ClusterModel> {
  let key: JoinKey;
  try {
    key = decodeJoinKey(await readFile(path, "utf8"));
    assertKeyPair(key.authority);
  } catch (error) {
    throw new PluginError(
      "Cluster cannot be imported",
      `The ID of an import is the path of a file that holds a join key ('covey1j...', output join_key of the cluster). '${path}': ${reasonOf(error)}.`,
    );
  }
  const { consul, authority } = key;
  const external = consul.mode === "external" ? consul : undefined;
  return withDerived({
    id: key.cluster,
    name: key.cluster,
    datacenter: key.datacenter,
    voters: key.voters,
    consul: {
      mode: consul.mode,
      address: external?.address ?? null,
      token: external?.token ?? null,
      dns: external?.dns ?? null,
    },
    mesh: key.mesh,
    endpoints: null,
    ca_certificate: authority.certificate,
    ca_private_key: authority.privateKey,
    gossip_key: key.gossipKey,
    token: key.token,
    access_key: null,
    join_key: null,
  });
}
