import type { Constraint } from "../../model/service";
import { explainConstraint } from "./constraints";
import { Spread } from "./spread";

const rule = (operator: Constraint["operator"], value?: string): Constraint => ({
  attribute: "rack",
  operator,
  value,
});
/** A node in this rack, where instances run in `taken` and candidates are in `known`. */
const at = (rack: string | undefined, taken: string[] = [], known: string[] = ["r1", "r2"]) => ({
  node: "n1",
  attributes: rack === undefined ? {} : { rack },
  spread: () => new Spread(known, taken),
});

describe("constraints", () => {
  it.each<[string, Constraint, ReturnType<typeof at>, string | undefined]>([
    ["UNIQUE: the first", rule("UNIQUE"), at("r1"), undefined],
    ["UNIQUE: another", rule("UNIQUE"), at("r1", ["r2"]), undefined],
    ["UNIQUE: taken", rule("UNIQUE"), at("r1", ["r1"]), "an instance runs on 'r1' already"],
    ["CLUSTER: the first chooses", rule("CLUSTER"), at("r1"), undefined],
    ["CLUSTER: others follow", rule("CLUSTER"), at("r1", ["r2"]), "all go to 'r2', not 'r1'"],
    ["CLUSTER: named", rule("CLUSTER", "r2"), at("r1"), "all go to 'r2', not 'r1'"],
    ["GROUP_BY: the emptier", rule("GROUP_BY"), at("r2", ["r1"]), undefined],
    [
      "GROUP_BY: the fuller",
      rule("GROUP_BY"),
      at("r1", ["r1"]),
      "group 'r1' has 1, another group only 0",
    ],
    ["GROUP_BY: all even", rule("GROUP_BY"), at("r1", ["r1", "r2"]), undefined],
    [
      "GROUP_BY 3: a group unseen",
      rule("GROUP_BY", "3"),
      at("r1", ["r1", "r2"]),
      "group 'r1' has 1, another group only 0",
    ],
    [
      "GROUP_BY x",
      rule("GROUP_BY", "x"),
      at("r1"),
      "'x' is no number: write how many groups there are",
    ],
    ["LIKE: matches", rule("LIKE", "r[12]"), at("r1"), undefined],
    ["LIKE: the whole value", rule("LIKE", "r"), at("r1"), "'r1' does not match"],
    ["LIKE: nonsense", rule("LIKE", "("), at("r1"), "'(' is no regular expression: correct it"],
    ["UNLIKE: matches", rule("UNLIKE", "r1|x"), at("r1"), "'r1' matches"],
    ["UNLIKE: does not", rule("UNLIKE", "r2"), at("r1"), undefined],
    ["MAX_PER: room", rule("MAX_PER", "2"), at("r1", ["r1", "r2"]), undefined],
    [
      "MAX_PER: full",
      rule("MAX_PER", "2"),
      at("r1", ["r1", "r1"]),
      "2 of at most 2 run on 'r1' already",
    ],
    [
      "MAX_PER: no number",
      rule("MAX_PER"),
      at("r1"),
      "'' is no number: write how many may share a value",
    ],
    ["no such attribute", rule("UNIQUE"), at(undefined), "the node has no attribute 'rack'"],
    ["no such attribute, UNLIKE", rule("UNLIKE", "r1"), at(undefined), undefined],
  ])("%s", (_what, constraint, context, reason) => {
    const said = explainConstraint(constraint, context);
    if (reason === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(new RegExp(`^rack ${constraint.operator}.*: `));
    expect(said?.endsWith(reason ?? "")).toBe(reason === undefined ? undefined : true);
  });

  it("take `node` for the node itself", () => {
    const unique: Constraint = { attribute: "node", operator: "UNIQUE", value: undefined };
    const context = { ...at("r1"), spread: () => new Spread(["n1"], ["n1"]) };
    expect(explainConstraint(unique, context)).toBe(
      "node UNIQUE: an instance runs on 'n1' already",
    );
  });
});
