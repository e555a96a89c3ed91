import type { MediaType } from "./codec";

/** JSON before protobuf, as Mesos has it; undefined: the client takes neither. */
export function acceptedType(accept: string | undefined): MediaType | undefined {
  const ranges = (accept ?? "*/*").split(",").flatMap(acceptedRange);
  const types: readonly MediaType[] = ["application/json", "application/x-protobuf"];
  return types.find((type) =>
    ranges.some((range) => range === type || range === "application/*" || range === "*/*"),
  );
}

/** Of a weight only whether it is none counts (RFC 9110, 12.4.2). */
function acceptedRange(text: string): string[] {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  return refused || range === "" ? [] : [range];
}
