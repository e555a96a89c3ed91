import { PluginError } from "../diagnostics/plugin-error";
import type { JsonValue, PrivateState } from "./context";

/** Larger private state is refused: it is kept in the state file of every workspace. */
const MAX_BYTES = 1024 * 1024;

/** Private state as it travels: one JSON object, nothing when it is empty. */
export class StoredPrivate implements PrivateState {
  private readonly values: Map<string, JsonValue>;

  constructor(bytes: Uint8Array) {
    this.values = new Map(Object.entries(parse(bytes)));
  }

  get(key: string): JsonValue | undefined {
    return this.values.get(key);
  }

  set(key: string, value: JsonValue | undefined): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }

  toBytes(): Uint8Array {
    if (this.values.size === 0) return new Uint8Array(0);
    const bytes = Buffer.from(JSON.stringify(Object.fromEntries(this.values)));
    if (bytes.length > MAX_BYTES) {
      throw new PluginError(
        "Provider bug: private state too large",
        `It has ${bytes.length} bytes; at most ${MAX_BYTES} are kept. Please report this.`,
      );
    }
    return bytes;
  }
}

function parse(bytes: Uint8Array): Record<string, JsonValue> {
  if (bytes.length === 0) return {};
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (typeof json === "object" && json !== null && !Array.isArray(json)) {
      return json as Record<string, JsonValue>;
    }
  } catch {
    // Told below, with the way out.
  }
  throw new PluginError(
    "Private state unreadable",
    "The private part of this resource's state is no JSON object; it was changed by something else. Import the resource again.",
  );
}
