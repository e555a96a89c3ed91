import { isUtf8 } from "node:buffer";
import { MesosCodecError } from "../codec-error";
import { requireComplete } from "./complete";
import { textFrom } from "./json-scalar";
import { partsAtMost, Place, tooManyParts } from "./place";
import { scalars } from "./scalar";
import type { Content, Field, Message, Shape } from "./shape";

const openBrace = 0x7b;
const openBracket = 0x5b;

/**
 * Reads a message from JSON as Mesos does (3rdparty/stout/include/stout/protobuf.hpp): fields that `shape` does not have are
 * dropped; null is absent, also in lists and maps, and an empty list or map is; one value may stand for a list of one. See
 * json-scalar.ts for scalars. An enum's value that is not known is absent, and so refused where it is required.
 *
 * Throws MesosCodecError.
 */
export function readJson(shape: Shape, body: Buffer): Message {
  if (!isUtf8(body)) throw new MesosCodecError("the body is no JSON: it is not UTF-8");
  requireFewParts(body);
  const place = new Place();
  const message = messageFrom(shape, parsed(body.toString("utf8")), place);
  requireComplete(shape, message, place);
  return message;
}

/** Asked before JSON.parse makes them all, of every brace and bracket, also of those in strings. */
function requireFewParts(body: Buffer): void {
  if (body.length <= partsAtMost) return;
  let parts = 0;
  for (const byte of body) if (byte === openBrace || byte === openBracket) parts += 1;
  if (parts > partsAtMost) throw tooManyParts();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MesosCodecError(`the body is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function messageFrom(shape: Shape, value: unknown, place: Place): Message {
  const message: Message = {};
  for (const [name, of] of Object.entries(object(value, place))) {
    const field = shape.byName.get(name);
    if (field === undefined || isAbsent(of)) continue;
    place.enter(name);
    const read = fieldFrom(field, of, place);
    if (read !== undefined) message[name] = read;
    place.leave();
  }
  return message;
}

function fieldFrom({ rule, of }: Field, value: unknown, place: Place): unknown {
  switch (rule) {
    case "required":
      return requiredFrom(of, value, place);
    case "optional":
      return contentFrom(of, value, place);
    case "repeated":
      return listFrom(of, Array.isArray(value) ? value : [value], place);
    case "map":
      return mapFrom(of, object(value, place), place);
  }
}

function listFrom(of: Content, values: readonly unknown[], place: Place): unknown[] | undefined {
  const list: unknown[] = [];
  values.forEach((value, index) => {
    if (isAbsent(value)) return;
    place.enter(index);
    const element = contentFrom(of, value, place);
    if (element !== undefined) list.push(element);
    place.leave();
  });
  return list.length === 0 ? undefined : list;
}

function mapFrom(of: Content, values: object, place: Place): object | undefined {
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(values)) {
    if (isAbsent(value)) continue;
    place.enter(textFrom(key, place));
    entries.push([key, contentFrom(of, value, place)]);
    place.leave();
  }
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries); // which gives no key a meaning of its own, not even __proto__
}

function requiredFrom(of: Content, value: unknown, place: Place): unknown {
  const read = contentFrom(of, value, place);
  if (read === undefined && of.kind === "enum")
    throw place.refusal(value, `must be one of ${[...of.numbers.keys()].join(", ")}`);
  return read;
}

/** undefined: the value of an enum, but not one that is known. */
function contentFrom(of: Content, value: unknown, place: Place): unknown {
  switch (of.kind) {
    case "message":
      return messageFrom(of.shape, value, place);
    case "enum":
      if (typeof value !== "string") throw place.refusal(value, "must be a name of its enum");
      return of.numbers.has(value) ? value : undefined;
    case "scalar":
      return scalars[of.type].fromJson(value, place);
  }
}

function object(value: unknown, place: Place): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw place.refusal(value, "must be an object");
  return value;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
