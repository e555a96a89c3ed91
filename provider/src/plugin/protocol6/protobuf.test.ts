import fc from "fast-check";
import { ApplyResourceChange, PlanResourceChange } from "./calls/resource";
import { AttributePath, SchemaMessage } from "./messages";

describe("messages of protocol 6", () => {
  it("have the bytes that Protocol Buffers prescribe", () => {
    const bytes = AttributePath.encode({
      steps: [{ attribute_name: "a" }, { element_key_int: 0 }, { element_key_int: -1 }],
    });
    expect(bytes.toString("hex")).toBe("0a030a01610a0218000a0b18ffffffffffffffffff01");
    expect(AttributePath.decode(bytes)).toEqual({
      steps: [{ attribute_name: "a" }, { element_key_int: 0 }, { element_key_int: -1 }],
    });
  });

  it("leave out defaults, and give them back", () => {
    expect(ApplyResourceChange.request.encode({ type_name: "" })).toHaveLength(0);
    expect(ApplyResourceChange.request.decode(new Uint8Array(0))).toMatchObject({
      type_name: "",
      prior_state: undefined,
    });
  });

  it("skip fields of newer versions", () => {
    const newer = Buffer.concat([
      Buffer.from("fa0603616263", "hex"),
      ApplyResourceChange.request.encode({ type_name: "toy_file" }),
    ]);
    expect(ApplyResourceChange.request.decode(newer).type_name).toBe("toy_file");
  });

  it("carry schemas within schemas", () => {
    const nested_type = { nesting: 2, attributes: [{ name: "inner", required: true }] };
    const message = { version: 3, block: { attributes: [{ name: "outer", nested_type }] } };
    expect(SchemaMessage.decode(SchemaMessage.encode(message))).toMatchObject(message);
  });

  it("never crash or hang on garbage", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          PlanResourceChange.request.decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
