import { defineFunction, defineProvider, FunctionError, isUnknown, types, UNKNOWN } from "../index";
import type { ProviderFunction } from "../index";
import { InProcessTerraform } from "../testing";

function terraform(...functions: ProviderFunction[]): InProcessTerraform {
  return new InProcessTerraform(
    defineProvider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => undefined,
      resources: [],
      functions,
    }),
  );
}

const greet = defineFunction({
  name: "greet",
  parameters: {
    name: { type: types.string },
    title: { type: types.string, nullable: true, allowUnknown: true },
  },
  variadic: { name: "more", type: types.string },
  returns: types.string,
  call: (_context, { name, title }, more) => {
    if (name === "") throw new FunctionError("Nobody to greet.", "name");
    if (more.includes("")) throw new FunctionError("An empty name.", 2 + more.indexOf(""));
    if (more.length > 2) throw new FunctionError("Too many.", "more");
    if (isUnknown(title)) return UNKNOWN;
    return [title ?? "dear", name, ...more].join(" ");
  },
});

describe("a function", () => {
  it("gets its arguments by name and what is beyond them as a list", async () => {
    const core = terraform(greet);
    expect(await core.callFunction("greet", "Ann", null)).toEqual({ result: "dear Ann" });
    expect(await core.callFunction("greet", "Ann", "Dr", "Bob")).toEqual({ result: "Dr Ann Bob" });
  });

  it.each<[string, unknown[], string, number | undefined]>([
    ["by name", ["", null], "Nobody to greet.", 0],
    ["by position", ["Ann", null, "x", ""], "An empty name.", 3],
    ["by the variadic's name", ["Ann", null, "x", "y", "z"], "Too many.", 2],
  ])("names the argument that is wrong %s", async (_how, args, error, argument) => {
    expect(await terraform(greet).callFunction("greet", ...args)).toEqual({ error, argument });
  });

  it("is not called with null or unknown where it does not allow them", async () => {
    const core = terraform(greet);
    expect(await core.callFunction("greet", UNKNOWN, null)).toEqual({ result: UNKNOWN });
    expect(await core.callFunction("greet", null, null)).toMatchObject({ argument: 0 });
  });

  it("is called with unknowns where it allows them, and may answer unknown", async () => {
    expect(await terraform(greet).callFunction("greet", "Ann", UNKNOWN)).toEqual({
      result: UNKNOWN,
    });
  });

  it("that throws anything else fails with its message, without a stack", async () => {
    const broken = defineFunction({
      name: "broken",
      parameters: {},
      returns: types.string,
      call: () => Promise.reject(new Error("out of order")),
    });
    expect(await terraform(broken).callFunction("broken")).toEqual({
      error: "Function broken failed: out of order",
      argument: undefined,
    });
  });

  it("that returns another type than it declared fails, naming the mistake", async () => {
    const wrong = defineFunction({
      name: "wrong",
      parameters: {},
      returns: types.string,
      call: () => 7 as unknown as string,
    });
    const { error } = await terraform(wrong).callFunction("wrong");
    expect(error).toContain("Provider bug: wrong type");
  });

  it("that is not pure is found out by the testing kit", async () => {
    let count = 0;
    const counter = defineFunction({
      name: "counter",
      parameters: {},
      returns: types.number,
      call: () => (count += 1),
    });
    const core = terraform(counter);
    await core.callFunction("counter");
    await expect(core.callFunction("counter")).rejects.toThrow("another result");
  });

  it("is aborted when the user interrupts", async () => {
    const slow = defineFunction({
      name: "slow",
      parameters: {},
      returns: types.string,
      call: async ({ signal }) => {
        await core.stop();
        return signal.aborted ? "aborted" : "not aborted";
      },
    });
    const core = terraform(slow);
    expect(await core.callFunction("slow")).toEqual({ result: "aborted" });
  });

  it.each([
    ["two functions of one name", [greet, greet], /two definitions have the same name, "greet"/u],
    [
      "a name that Terraform would refuse",
      [
        defineFunction({
          name: "Not-A-Name",
          parameters: {},
          returns: types.bool,
          call: () => true,
        }),
      ],
      /names consist of/u,
    ],
    [
      "two parameters of one name",
      [
        defineFunction({
          name: "twice",
          parameters: { a: { type: types.string } },
          variadic: { name: "a", type: types.string },
          returns: types.bool,
          call: () => true,
        }),
      ],
      /two parameters have the same name/u,
    ],
  ])("is refused with %s", (_what, functions, message) => {
    expect(() => terraform(...functions)).toThrow(message);
  });
});
