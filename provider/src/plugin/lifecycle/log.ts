import type { JsonValue, PluginLog } from "./context";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

export type LogFields = Readonly<Record<string, JsonValue>>;

/** Terraform reads lines of up to 64 KiB; a longer one arrives as pieces that are no JSON. */
const MAX_LINE_BYTES = 60_000;
/** Escaped, a character can take six bytes. */
const MAX_MESSAGE_CHARACTERS = 9_000;

/** Writes one line of text somewhere. */
export type LogSink = (line: string) => void;

const nothing = (): void => undefined;
const silent: PluginLog = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

/**
 * Lines as HashiCorp's hclog writes them in JSON; Terraform parses them and adds them to its own log. The time needs
 * exactly six fraction digits, and the message must be a string, or the line is dumped raw. `fieldsOf`: on every line; asked
 * for only where one is written, since Terraform calls often and seldom wants a log.
 */
export function hclog(
  sink: LogSink,
  options: { readonly minLevel: Level | "off"; readonly now: () => Date },
  fieldsOf: () => LogFields = () => ({}),
): PluginLog {
  if (options.minLevel === "off") return silent;
  const least = LEVELS.indexOf(options.minLevel);
  let fields: LogFields | undefined;
  const at =
    (level: Level) =>
    (message: string, more: LogFields = {}): void => {
      if (LEVELS.indexOf(level) < least) return;
      fields ??= fieldsOf();
      const own = {
        "@level": level,
        "@message": message.slice(0, MAX_MESSAGE_CHARACTERS),
        "@module": "provider",
        "@timestamp": options.now().toISOString().replace(/Z$/u, "000Z"),
      };
      const line = JSON.stringify({ ...fields, ...more, ...own });
      const isShort = Buffer.byteLength(line) <= MAX_LINE_BYTES;
      sink(isShort ? line : JSON.stringify({ ...own, fields_left_out: "too long" }));
    };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}

/** What Terraform's environment asks of a provider: TF_LOG_PROVIDER_NAME, TF_LOG_PROVIDER, TF_LOG, in this order. */
export function levelFrom(
  environment: Readonly<Record<string, string | undefined>>,
  providerName: string,
): Level | "off" {
  const named = environment[`TF_LOG_PROVIDER_${providerName.toUpperCase().replaceAll("-", "_")}`];
  const asked = [named, environment["TF_LOG_PROVIDER"], environment["TF_LOG"]].find(
    (value) => value !== undefined && value !== "",
  );
  if (asked === undefined || asked.toLowerCase() === "off") return "off";
  if (asked.toLowerCase() === "json") return "trace";
  return LEVELS.find((level) => level === asked.toLowerCase()) ?? "trace";
}
