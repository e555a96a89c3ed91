import { pino } from "pino";
import type { Log, LogFields } from "../../ports/log";
import { withoutSecrets } from "./redaction";

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface LogOptions {
  readonly level: LogLevel;
  /** In every line, as `name`. */
  readonly name: string;
  /** 1 for stdout, 2 for stderr, or where the lines go instead. Default: 1. */
  readonly destination?: 1 | 2 | { write(line: string): void };
}

/**
 * One JSON line an event: `level`, `time` (ISO 8601), `name`, the fields, `msg`. Written before the call returns:
 * what was said before a crash is there. Fields that by their name hold a secret are never written.
 */
export function createLog(options: LogOptions): Log {
  const { destination = 1 } = options;
  const logger = pino(
    {
      level: options.level,
      base: { name: options.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    typeof destination === "number"
      ? pino.destination({ dest: destination, sync: true })
      : destination,
  );
  return wrap(logger, {});
}

function wrap(logger: pino.Logger, always: LogFields): Log {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(level))
        logger[level](withoutSecrets({ ...always, ...fields }), message);
    };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (fields) => wrap(logger, { ...always, ...fields }),
  };
}
