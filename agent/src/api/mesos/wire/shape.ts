/** What a message consists of: what both encodings are read and written by. Made of .proto text by parse-shapes.ts. */
export interface Shape {
  readonly name: string;
  /** In the order of their numbers, which is the order they are written in. */
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly byNumber: ReadonlyMap<number, Field>;
}

export interface Field {
  readonly name: string;
  readonly number: number;
  readonly rule: "required" | "optional" | "repeated" | "map";
  /** Of a map, what its values are; they are messages, and its keys strings. */
  readonly of: Content;
}

export type Content =
  | { readonly kind: "message"; readonly shape: Shape }
  | {
      readonly kind: "enum";
      readonly numbers: ReadonlyMap<string, number>;
      readonly names: ReadonlyMap<number, string>;
    }
  | { readonly kind: "scalar"; readonly type: ScalarType };

export type ScalarType =
  "double" | "int32" | "uint32" | "int64" | "uint64" | "bool" | "string" | "bytes";

/** How a map travels in bytes: as a list of messages with these two fields. */
export const entry = { key: 1, value: 2 } as const;

/** A message as it is read and written: by names of fields, as in its JSON. */
export type Message = Record<string, unknown>;
