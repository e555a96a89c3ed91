import { serviceSchema, toServiceSpec } from "./service";
import type { ServiceInput } from "./service";

const web: ServiceInput = { name: "web", image: "web:1", instances: 1, cpus: 0.1, memMiB: 32 };

function stored(provision: ServiceInput["provision"]) {
  return toServiceSpec(serviceSchema.parse({ ...web, provision })).provision;
}

function refusal(provision: unknown): string {
  const { error } = serviceSchema.safeParse({ ...web, provision });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") ?? "";
}

describe("what a service's instances are provided with", () => {
  it.each([undefined, {}, { pull: "missing" as const }])(
    "is nothing where nothing is asked for, so that services of before keep their version: %j",
    (provision) => expect(stored(provision)).toBeUndefined(),
  );

  it("may be an image that is pulled always", () => {
    expect(stored({ pull: "always" })).toEqual({ pull: "always" });
    expect(refusal({ pull: "never" })).toMatch(/^provision.pull: .*"missing"\|"always"/);
  });
});
