import { provisionLimits, secretName } from "@covey/agent/contract";
import {
  attributes,
  custom,
  eachKey,
  lengthBetween,
  oneOf,
  sizeBetween,
  stringMatches,
  types,
} from "../../plugin";
import type { Validator } from "../../plugin";

const { map, single, string } = attributes;

function notTooLarge(): Validator<Readonly<Record<string, unknown>>> {
  const { secretBytes, allSecretsBytes } = provisionLimits;
  return custom(
    `each value at most ${secretBytes} bytes, all together at most ${allSecretsBytes}`,
    (secrets) => {
      const texts = Object.values(secrets).filter((value) => typeof value === "string");
      const sizes = texts.map((value) => Buffer.byteLength(value));
      const sum = sizes.reduce((all, size) => all + size, 0);
      if (Math.max(0, ...sizes) > secretBytes) return `one has ${Math.max(...sizes)} bytes`;
      return sum > allSecretsBytes ? `they have ${sum} bytes together` : undefined;
    },
  );
}

/** What an instance is given on its node before it starts. */
export const provisionAttributes = {
  pull: string({
    optional: true,
    default: "missing",
    validators: [oneOf("missing", "always")],
    description:
      '`"missing"`: a node pulls the image where it lacks it. `"always"`: the registry is asked at each start of an instance, which fails where it does not answer.',
  }),
  registry_auth: single(
    {
      username: string({
        required: true,
        validators: [lengthBetween(1, provisionLimits.credentialCharacters)],
        description: "Who pulls.",
      }),
      password: string({
        required: true,
        sensitive: true,
        validators: [lengthBetween(1, provisionLimits.credentialCharacters)],
        description: "The password, or a token in its place.",
      }),
    },
    { optional: true, description: "What the image's registry is told by a node that pulls." },
  ),
  secrets: map(types.string, {
    optional: true,
    sensitive: true,
    validators: [
      sizeBetween(0, provisionLimits.secrets),
      eachKey(stringMatches(secretName.regex, secretName.rule)),
      notTooLarge(),
    ],
    description:
      "Name to value: an instance finds each as the file `/run/secrets/NAME`, which its user alone may read, and which is in no environment, label or disk of the node. A changed one is a new version.",
  }),
} as const;
