import { Writer } from "protobufjs";
import { scalars } from "./scalar";
import { entry } from "./shape";
import type { Content, Message, Shape } from "./shape";

const lengthDelimited = 2;

/**
 * Writes a message as Protocol Buffers' bytes, its fields in the order of their numbers, as Google's own writers do. What is
 * undefined is not written. Throws Error on what `shape` does not have: the other side would never see it.
 */
export function writeBinary(shape: Shape, message: object): Buffer {
  const writer = Writer.create();
  writeFields(writer, shape, message as Message);
  return Buffer.from(writer.finish());
}

function writeFields(writer: Writer, shape: Shape, message: Message): void {
  for (const name of Object.keys(message))
    if (!shape.byName.has(name)) throw new Error(`${shape.name} has no field ${name}`);
  for (const { name, number, rule, of } of shape.fields) {
    const value = message[name];
    if (value === undefined) {
      if (rule === "required") throw new Error(`${shape.name} lacks ${name}`);
      continue;
    }
    if (rule === "repeated")
      for (const element of value as unknown[]) writeContent(writer, number, of, element);
    else if (rule === "map") writeMap(writer, number, of, value as Message);
    else writeContent(writer, number, of, value);
  }
}

function writeMap(writer: Writer, number: number, of: Content, map: Message): void {
  for (const [key, value] of Object.entries(map)) {
    writer.uint32(tagOf(number, lengthDelimited)).fork();
    writer.uint32(tagOf(entry.key, lengthDelimited)).string(key);
    writeContent(writer, entry.value, of, value);
    writer.ldelim();
  }
}

function writeContent(writer: Writer, number: number, of: Content, value: unknown): void {
  switch (of.kind) {
    case "message":
      writer.uint32(tagOf(number, lengthDelimited)).fork();
      writeFields(writer, of.shape, value as Message);
      writer.ldelim();
      return;
    case "enum": {
      const numbered = of.numbers.get(value as string);
      if (numbered === undefined) throw new Error(`an enum has no value ${String(value)}`);
      writer.uint32(tagOf(number, 0)).int32(numbered);
      return;
    }
    case "scalar": {
      const { wireType, write } = scalars[of.type];
      write(writer.uint32(tagOf(number, wireType)), value as never);
    }
  }
}

function tagOf(number: number, wireType: number): number {
  return (number << 3) | wireType;
}
