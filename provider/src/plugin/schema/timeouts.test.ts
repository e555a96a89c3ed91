import { attributes, timeoutMs, timeouts, UNKNOWN, withProviderData, type Model } from "../index";
import { InProcessTerraform } from "../testing";

const limits = timeouts({ create: "2m", update: "90s", delete: "500ms" });
const schema = { attributes: { name: attributes.string({ required: true }), timeouts: limits } };

function terraform(waited: (ms: number) => void): InProcessTerraform {
  const define = withProviderData<Record<string, never>>();
  const thing = define.resource({
    type: "test_thing",
    schema,
    create: (_context, plan) => {
      waited(timeoutMs(limits, plan.timeouts, "create"));
      return Promise.resolve(plan);
    },
    update: (_context, plan) => {
      waited(timeoutMs(limits, plan.timeouts, "update"));
      return Promise.resolve(plan);
    },
    read: (_context, state) => Promise.resolve(state),
    delete: (_context, state: Model<typeof schema>) => {
      waited(timeoutMs(limits, state.timeouts, "delete"));
      return Promise.resolve();
    },
  });
  return new InProcessTerraform(
    define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => ({}),
      resources: [thing],
    }),
  );
}

it("each operation waits as long as the user set, or as the default says", async () => {
  const waited: number[] = [];
  const core = terraform((ms) => waited.push(ms));
  const made = await core.apply("test_thing", { name: "a", timeouts: { create: "3s" } });
  const changed = await core.apply("test_thing", { name: "b" }, made);
  const gone = await core.apply("test_thing", null, changed);
  expect([made, changed, gone].flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  expect(waited).toEqual([3000, 90_000, 500]);
});

it("what is no duration is refused where it is written, and an unknown one is not", async () => {
  const core = terraform(() => undefined);
  const config = { name: "a", timeouts: { create: "soon", delete: UNKNOWN } };
  expect(await core.validate("test_thing", config)).toEqual([
    {
      severity: "error",
      summary: "Invalid value",
      path: "timeouts.create",
      detail:
        'Must be a duration such as "90s" or "5m", at most 24 days: "soon" is not a duration such as "90s", "5m" or "1h30m".',
    },
  ]);
});

it("a default is told in the docs and never planned", async () => {
  expect(limits.nested?.attributes["update"]?.description).toBe(
    'How long update may take, such as "90s" or "5m". Default "90s".',
  );
  const { planned } = await terraform(() => undefined).plan("test_thing", { name: "a" });
  expect(planned).toEqual({ name: "a", timeouts: null });
});

it("a default that is no duration is found when the schema is made", () => {
  expect(() => timeouts({ create: "2 minutes" })).toThrow(
    'timeouts.create: the default "2 minutes" is not a duration',
  );
});
