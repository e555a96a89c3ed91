import { hkdfSync } from "node:crypto";
import { defaultPorts } from "@covey/agent/contract";
import type { KeyPair } from "../../connection";
import type { AccessKey } from "./access-key";
import { decodeKey, encodeKey, Facts, KeyError } from "./key-text";

export type ConsulSettings =
  | { readonly mode: "managed" }
  | {
      readonly mode: "external";
      readonly address: string;
      readonly token?: string;
      readonly dns?: string;
    };

/** Timing of the mesh, as the agent's configuration names it. */
export const meshPresets = ["local", "lan", "wan"] as const;
export type MeshPreset = (typeof meshPresets)[number];

/** All a node needs to become part of a cluster: `covey1j.`, made by `covey_cluster`, taken by `covey_node`. */
export interface JoinKey {
  readonly cluster: string;
  readonly datacenter: string;
  /** Name to address. */
  readonly voters: Readonly<Record<string, string>>;
  readonly authority: KeyPair;
  /** 32 bytes in base64. */
  readonly gossipKey: string;
  /** A UUID; also the management token of a managed Consul: who holds one could make himself the other. */
  readonly token: string;
  readonly consul: ConsulSettings;
  readonly mesh: MeshPreset;
}

const prefix = "covey1j";
const what = "join key";

export function encodeJoinKey(key: JoinKey): string {
  return encodeKey(prefix, key);
}

/** Throws KeyError. */
export function decodeJoinKey(text: string): JoinKey {
  const facts = new Facts(what, decodeKey(prefix, what, text));
  const authority = facts.object("authority");
  return {
    cluster: facts.string("cluster"),
    datacenter: facts.string("datacenter"),
    voters: facts.record("voters"),
    authority: {
      certificate: authority.string("certificate"),
      privateKey: authority.string("privateKey"),
    },
    gossipKey: facts.string("gossipKey"),
    token: facts.string("token"),
    consul: decodeConsul(facts.object("consul")),
    // Of a key from before it was said: so were they all.
    mesh: decodeMesh(facts.optional("mesh") ?? "local"),
  };
}

export function endpointsOf(voters: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(voters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, address]) => apiOf(address));
}

export function apiOf(address: string): string {
  return `https://${address}:${defaultPorts.api}`;
}

export function accessKeyOf(key: JoinKey): AccessKey {
  const { cluster, voters, authority, token } = key;
  return { cluster, endpoints: endpointsOf(voters), ca: authority.certificate, token };
}

/** Consul's own gossip key: one key is never used by two protocols (RFC 5869). */
export function consulGossipKey(gossipKey: string): string {
  const secret = Buffer.from(gossipKey, "base64");
  return Buffer.from(hkdfSync("sha256", secret, "", "covey consul gossip", 32)).toString("base64");
}

function decodeMesh(text: string): MeshPreset {
  const preset = meshPresets.find((one) => one === text);
  if (preset !== undefined) return preset;
  throw new KeyError(`this join key has an unknown timing of the mesh, '${text}'`);
}

function decodeConsul(facts: Facts): ConsulSettings {
  const mode = facts.string("mode");
  if (mode === "managed") return { mode };
  if (mode !== "external") throw new KeyError(`this join key has an unknown Consul mode '${mode}'`);
  const token = facts.optional("token");
  const dns = facts.optional("dns");
  return {
    mode,
    address: facts.string("address"),
    ...(token === undefined ? {} : { token }),
    ...(dns === undefined ? {} : { dns }),
  };
}
