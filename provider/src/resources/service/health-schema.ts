import {
  attributes,
  custom,
  exactlyOneOf,
  lengthBetween,
  numberBetween,
  sizeBetween,
  stringMatches,
  types,
  wholeNumber,
} from "../../plugin";
import type { Validator } from "../../plugin";
import { limits } from "@covey/agent/contract";

const { bool, list, number, single, string } = attributes;

function whole(min: number, max: number): readonly Validator<number>[] {
  return [wholeNumber(), numberBetween(min, max)];
}

function isTrue(): Validator<boolean> {
  return custom("true", (value) =>
    value ? undefined : "leave tcp out instead of setting it false",
  );
}

/** How anything is asked, health and readiness alike. */
const asked = {
  http: string({
    optional: true,
    validators: [stringMatches(/^\//, "a path beginning with '/'")],
    description: "This path is asked; 2xx and 3xx are healthy.",
  }),
  tcp: bool({
    optional: true,
    validators: [isTrue()],
    description: "The port takes connections.",
  }),
  grpc: string({
    optional: true,
    validators: [lengthBetween(0, 256)],
    description:
      'This service of `grpc.health.v1.Health` is asked, `""` being the server as a whole.',
  }),
  command: list(types.string, {
    optional: true,
    validators: [sizeBetween(1, limits.commandWords)],
    description: "Run in the container, as words; exit code 0 is healthy.",
  }),
  port: string({
    optional: true,
    validators: [lengthBetween(1, 15)],
    description: "Name of the port that is asked; needed by all but `command`.",
  }),
  interval_ms: number({
    optional: true,
    default: 1000,
    validators: whole(100, 3_600_000),
    description: "From one question to the next.",
  }),
  timeout_ms: number({
    optional: true,
    default: 1000,
    validators: whole(50, 60_000),
    description: "No answer within it is a failure.",
  }),
  min_successes: number({
    optional: true,
    validators: whole(1, 100),
    description: "Successes in a row until it is healthy (again). Default: 1.",
  }),
} as const;

const kinds = exactlyOneOf("http", "tcp", "grpc", "command");

type Fields = Readonly<Record<string, unknown>>;

/** Says nothing of what is not known yet. */
function portWhereAsked(): Validator<Fields> {
  return custom("port with http, tcp and grpc, none with command", ({ port, command }) => {
    const hasCommand = Array.isArray(command);
    if (hasCommand && typeof port === "string") return "a command asks no port: leave port out";
    if (!hasCommand && command === null && port === null) return "port is missing";
    return undefined;
  });
}

export const healthAttribute = single(
  {
    ...asked,
    grace_ms: number({
      optional: true,
      default: 10_000,
      validators: whole(0, 3_600_000),
      description: "Failures this soon after the start do not count.",
    }),
    max_failures: number({
      optional: true,
      default: 3,
      validators: whole(1, 100),
      description: "After so many in a row the instance is replaced.",
    }),
  },
  {
    optional: true,
    validators: [kinds, portWhereAsked()],
    description: "Without it an instance is healthy as soon as it runs.",
  },
);

export const readinessAttribute = single(asked, {
  optional: true,
  validators: [kinds, portWhereAsked()],
  description:
    "While it fails the instance is not in DNS and an update waits, but it is not replaced.",
});
