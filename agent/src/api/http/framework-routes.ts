import type { FastifyRequest } from "fastify";
import { roleSchema, toRoleTerms } from "../../contract/index";
import type { RoleView } from "../../contract/index";
import type { MasterControl } from "../../ports/control";
import { nameOf, parseBody } from "./input";
import { get, remove, type MasterRoute } from "./master-routes";
import { clip, refuse } from "./problems";

/** Who shares the cluster, and how. */
export const frameworkRoutes: readonly MasterRoute[] = [
  get("/v1/frameworks", (master) => master.frameworks()),
  remove("/v1/frameworks/:name", (master, request) => master.teardown(nameOf(request))),
  get("/v1/roles", (master) => master.roles()),
  { method: "PUT", url: "/v1/roles/:name", answer: putRole },
  remove("/v1/roles/:name", (master, request) => master.deleteRole(nameOf(request))),
];

function putRole(master: MasterControl, request: FastifyRequest): Promise<RoleView> {
  const name = nameOf(request);
  const role = parseBody(roleSchema, request, `role '${clip(name)}'`);
  if (role.name === name) return master.putRole(toRoleTerms(role));
  throw refuse(
    400,
    "bad-request",
    `the path names role '${clip(name)}', the body '${clip(role.name)}': they must be equal`,
    { field: "name", rule: "must equal the name in the path" },
  );
}
