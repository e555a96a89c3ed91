import type { Type } from "../values/type";
import { absentOf, putEntry, type Value, type ValueRecord } from "../values/value";
import { MsgpackWriter } from "./msgpack-writer";

/** How objects of one type lie in MessagePack, found once per type: Terraform and we write the attributes by name. */
export interface ObjectLayout {
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<string, number>;
  /** Every attribute null, in the order of the schema. */
  readonly empty: ValueRecord;
}

interface Member {
  readonly name: string;
  readonly type: Type;
  /** The name as it is written. */
  readonly token: Uint8Array;
  /** What the attribute is when it does not come. */
  readonly absent: Value;
}

type AttributeTypes = Readonly<Record<string, Type>>;

const layouts = new WeakMap<AttributeTypes, ObjectLayout>();

export function layoutOf(attributes: AttributeTypes): ObjectLayout {
  const known = layouts.get(attributes);
  if (known !== undefined) return known;
  const layout = layOut(attributes);
  layouts.set(attributes, layout);
  return layout;
}

function layOut(attributes: AttributeTypes): ObjectLayout {
  const empty: Record<string, Value> = {};
  const members = Object.entries(attributes).map(([name, type]) => {
    const absent = absentOf(type);
    putEntry(empty, name, absent);
    return { name, type, token: encodedName(name), absent };
  });
  members.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return { members, byName: new Map(members.map(({ name }, index) => [name, index])), empty };
}

function encodedName(name: string): Uint8Array {
  const writer = new MsgpackWriter();
  writer.string(name);
  return writer.finish();
}
