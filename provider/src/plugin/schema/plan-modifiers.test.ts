import { UNKNOWN } from "../values/unknown";
import {
  customPlanModifier,
  requiresReplace,
  requiresReplaceIf,
  requiresReplaceIfConfigured,
  useStateForUnknown,
  type PlanModifier,
  type PlanModifierRequest,
} from "./plan-modifiers";

type Request = PlanModifierRequest<string>;

function request(change: Partial<Request>): Request {
  return {
    config: null,
    prior: "old",
    planned: UNKNOWN,
    isNew: change.prior === undefined && "prior" in change,
    sibling: () => ({ prior: "same", planned: "same" }),
    ...change,
  };
}

describe("replacing", () => {
  const grows = requiresReplaceIf<string>(
    "a longer one replaces the resource",
    (prior, planned) => planned.length > prior.length,
  );

  it.each<[string, PlanModifier<string>, Partial<Request>, boolean]>([
    ["a change", requiresReplace(), { config: "new", planned: "new" }, true],
    ["no change", requiresReplace(), { config: "old", planned: "old" }, false],
    ["an unknown, perhaps a change", requiresReplace(), { config: UNKNOWN }, true],
    ["removal", requiresReplace(), { planned: null }, true],
    ["creation", requiresReplace(), { prior: undefined, planned: "new" }, false],
    ["a configured change", requiresReplaceIfConfigured(), { config: "new", planned: "new" }, true],
    ["a configured unknown", requiresReplaceIfConfigured(), { config: UNKNOWN }, true],
    ["a change nobody configured", requiresReplaceIfConfigured(), { planned: "new" }, false],
    [
      "a configured creation",
      requiresReplaceIfConfigured(),
      { prior: undefined, config: "new", planned: "new" },
      false,
    ],
    ["what the test names", grows, { planned: "longer" }, true],
    ["what the test passes", grows, { planned: "x" }, false],
    ["a null, which the test never sees", grows, { planned: null }, false],
    ["an unknown, which the test never sees", grows, { planned: UNKNOWN }, false],
    ["a prior null, which the test never sees", grows, { prior: null, planned: "x" }, false],
  ])("is judged for %s", (_name, modifier, change, expected) => {
    const made = request(change);
    const { planned, requiresReplace: replaces = false } = modifier.modify(made);
    expect([planned, replaces]).toEqual([made.planned, expected]);
  });
});

describe("useStateForUnknown", () => {
  const keeps = useStateForUnknown();
  const keepsNull = useStateForUnknown({ keepNull: true });
  const whileNamed = useStateForUnknown({ whileSame: ["name"] });
  const renamed = { sibling: () => ({ prior: "a", planned: "b" }) };
  const perhaps = { sibling: () => ({ prior: "a", planned: UNKNOWN }) };

  it.each<[string, PlanModifier<string>, Partial<Request>, unknown]>([
    ["a prior value", keeps, {}, "old"],
    ["nothing of a creation", keeps, { prior: undefined }, UNKNOWN],
    ["no prior null, which may become a value", keeps, { prior: null }, UNKNOWN],
    ["a prior null when asked to", keepsNull, { prior: null }, null],
    ["no null of an object that is new", keepsNull, { prior: null, isNew: true }, UNKNOWN],
    ["what is planned, when it is known", keeps, { planned: "new" }, "new"],
    ["a configured unknown", keeps, { config: UNKNOWN }, UNKNOWN],
    ["the value of the same object", whileNamed, {}, "old"],
    ["no value of another object", whileNamed, renamed, UNKNOWN],
    ["no value of perhaps another object", whileNamed, perhaps, UNKNOWN],
  ])("keeps %s", (_name, modifier, change, expected) => {
    expect(modifier.modify(request(change)).planned).toEqual(expected);
  });
});

it("a modifier of one's own says what it does and does it", () => {
  const lower = customPlanModifier<string>("lower case", ({ planned }) => ({
    planned: typeof planned === "string" ? planned.toLowerCase() : planned,
  }));
  expect(lower.description).toBe("lower case");
  expect(lower.modify(request({ planned: "ABC" })).planned).toBe("abc");
});
