import type { JsonValue, PluginLog } from "./context";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

export type LogFields = Readonly<Record<string, JsonValue>>;

/** Writes one line of text somewhere. */
export type LogSink = (line: string) => void;

/**
 * Lines as HashiCorp's hclog writes them in JSON; Terraform parses them and adds them to its own log. The time needs
 * exactly six fraction digits, and the message must be a string, or the line is dumped raw.
 */
export function hclog(
  sink: LogSink,
  options: { readonly minLevel: Level | "off"; readonly now: () => Date },
  fields: LogFields = {},
): PluginLog {
  const least = options.minLevel === "off" ? LEVELS.length : LEVELS.indexOf(options.minLevel);
  const at =
    (level: Level) =>
    (message: string, more: LogFields = {}): void => {
      if (LEVELS.indexOf(level) < least) return;
      sink(
        JSON.stringify({
          ...fields,
          ...more,
          "@level": level,
          "@message": message,
          "@module": "provider",
          "@timestamp": options.now().toISOString().replace(/Z$/u, "000Z"),
        }),
      );
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
