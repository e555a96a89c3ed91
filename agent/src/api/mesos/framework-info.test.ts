import { sparkInfo } from "../../../test/fakes/mesos-client";
import { toFrameworkInfo } from "./framework-info";

const multiRole = [{ type: "MULTI_ROLE" }, { type: "SHARED_RESOURCES" }];

describe("FrameworkInfo", () => {
  it("is kept in our words", () => {
    const info = {
      ...sparkInfo,
      capabilities: multiRole,
      roles: ["eng", "ops"],
      failover_timeout: 604_800,
      hostname: "host",
      webui_url: "http://host",
      labels: { labels: [{ key: "a", value: "b" }] },
    };
    expect(toFrameworkInfo(info, "ann")).toEqual({
      name: "spark",
      user: "root",
      principal: "ann",
      roles: ["eng", "ops"],
      capabilities: ["MULTI_ROLE"],
      failoverTimeoutMs: 604_800_000,
      hostname: "host",
      webuiUrl: "http://host",
      labels: { a: "b" },
    });
  });

  it.each([
    [{}, ["*"]],
    [{ role: "eng" }, ["eng"]],
    [{ capabilities: multiRole, roles: ["a"] }, ["a"]],
  ])("%j has the roles %j", (more, roles) => {
    expect(toFrameworkInfo({ ...sparkInfo, ...more }, undefined).roles).toEqual(roles);
  });

  it.each([
    [{ roles: ["a"] }, "'FrameworkInfo.roles' must not be set without the MULTI_ROLE capability"],
    [{ capabilities: multiRole, role: "a" }, "'FrameworkInfo.role' must not be set with"],
    [{ capabilities: multiRole, roles: ["a", "a"] }, "contains role 'a' twice"],
    [{ failover_timeout: -1 }, "'FrameworkInfo.failover_timeout' is -1"],
    [{ failover_timeout: Infinity }, "'FrameworkInfo.failover_timeout' is Infinity"],
  ])("%j is refused", (more, why) => {
    expect(() => toFrameworkInfo({ ...sparkInfo, ...more }, undefined)).toThrow(why);
  });
});
