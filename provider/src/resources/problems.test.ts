import { ApiError } from "../client";
import { PluginError } from "../plugin";
import { attributePath, explainedApiError } from "./problems";

test.each([
  ["ports[0].containerPort", ["ports", 0, "container_port"]],
  ["memMiB", ["memory_mib"]],
  ["health.path", ["health", "http"]],
  ["env.HOME", ["env", "HOME"]],
  [undefined, []],
])("the API's field %s is the attribute %j", (field, path) => {
  expect(attributePath(field)).toEqual(path);
});

test("a refusal becomes a diagnostic at its attribute, with the rule", () => {
  const refusal = new ApiError(
    {
      type: "about:blank#bad-request",
      title: "Bad request",
      status: 400,
      detail: "memMiB is 2",
      code: "bad-request",
      field: "memMiB",
      rule: "at least 4",
    },
    "https://n1:7440",
  );
  expect(explainedApiError("Service 'web' could not be put", refusal)).toMatchObject({
    summary: "Service 'web' could not be put",
    detail: "MemMiB is 2. Rule: at least 4.",
    path: ["memory_mib"],
  });
});

test("what is no answer of the cluster is left as it is", () => {
  const mine = new PluginError("a", "b");
  expect(explainedApiError("x", mine)).toBe(mine);
});
