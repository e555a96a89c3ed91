import type { Electorate } from "./electorate";
import type { AdmittedNode } from "./node-info";
import type { KnownFramework } from "./framework";
import type { RoleTerms } from "./role";
import type { ServiceSpec } from "./service";

/** Everything durable, as one value: small enough to be read whole and kept on every voter's disk. */
export interface DesiredState {
  /** The term that last claimed the store. */
  readonly term: number;
  readonly nodes: Readonly<Record<string, AdmittedNode>>;
  readonly services: Readonly<Record<string, ServiceSpec>>;
  /** External frameworks by id, for as long as they may come back. */
  readonly frameworks?: Readonly<Record<string, KnownFramework>> | undefined;
  /** Roles an operator has said something of, by name. */
  readonly roles?: Readonly<Record<string, RoleTerms>> | undefined;
  /** Who the operator wants as voters; undefined: those that the configuration declares. */
  readonly wantedVoters?: readonly string[] | undefined;
  /** The last electorate that was committed because of such a wish. A record: what counts is on the voters' disks. */
  readonly electorate?: Electorate | undefined;
}

export const emptyDesiredState: DesiredState = {
  term: 0,
  nodes: {},
  services: {},
};

export type DesiredChange =
  | { readonly kind: "put-service"; readonly spec: ServiceSpec }
  | { readonly kind: "delete-service"; readonly name: string }
  | { readonly kind: "put-node"; readonly node: AdmittedNode }
  | { readonly kind: "delete-node"; readonly name: string }
  | { readonly kind: "put-framework"; readonly framework: KnownFramework }
  | { readonly kind: "delete-framework"; readonly id: string }
  | { readonly kind: "put-role"; readonly role: RoleTerms }
  | { readonly kind: "delete-role"; readonly name: string }
  | { readonly kind: "want-voters"; readonly voters: readonly string[] }
  | { readonly kind: "put-electorate"; readonly electorate: Electorate };

export function applyChange(state: DesiredState, change: DesiredChange): DesiredState {
  switch (change.kind) {
    case "put-service":
      return {
        ...state,
        services: { ...state.services, [change.spec.name]: change.spec },
      };
    case "delete-service":
      return { ...state, services: without(state.services, change.name) };
    case "put-node":
      return {
        ...state,
        nodes: { ...state.nodes, [change.node.name]: change.node },
      };
    case "delete-node":
      return { ...state, nodes: without(state.nodes, change.name) };
    case "put-framework":
      return {
        ...state,
        frameworks: { ...state.frameworks, [change.framework.id]: change.framework },
      };
    case "delete-framework":
      return { ...state, frameworks: without(state.frameworks, change.id) };
    case "put-role":
      return { ...state, roles: { ...state.roles, [change.role.name]: change.role } };
    case "delete-role":
      return { ...state, roles: without(state.roles, change.name) };
    case "want-voters":
      return { ...state, wantedVoters: change.voters };
    case "put-electorate":
      return { ...state, electorate: change.electorate };
  }
}

function without<T>(all: Readonly<Record<string, T>> = {}, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
}
