/** Raw values as they travelled, one file each, for looking at with other tools (TF_LOG_SDK_PROTO_DATA_DIR). */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Takes one message of one call. */
export type DataSink = (call: string, direction: "Request" | "Response", message: object) => void;

/**
 * Files as terraform-plugin-go names them: {TIME}_{CALL}_{DIRECTION}_{FIELD}.{msgpack|json}. They hold secrets in clear,
 * so only the owner can read them. Throws when the directory is not there.
 */
export function dataFiles(directory: string, now: () => Date): DataSink {
  let count = 0;
  return (call, direction, message) => {
    for (const [field, value] of Object.entries(message)) {
      for (const [extension, bytes] of dynamicParts(value)) {
        count += 1;
        const name = `${now().getTime()}_${count}_${call}_${direction}_${camelCase(field)}.${extension}`;
        writeFileSync(join(directory, name), bytes, { mode: 0o600 });
      }
    }
  };
}

/** The one part that is set, when the value is a DynamicValue. */
function dynamicParts(value: unknown): [string, Uint8Array][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Readonly<Record<string, unknown>>).filter(
    (entry): entry is [string, Uint8Array] =>
      (entry[0] === "msgpack" || entry[0] === "json") &&
      entry[1] instanceof Uint8Array &&
      entry[1].length > 0,
  );
}

function camelCase(field: string): string {
  return field.replace(/(?:^|_)([a-z])/gu, (_all, letter: string) => letter.toUpperCase());
}
