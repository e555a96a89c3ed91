import { attributes, oneOf } from "../../plugin";

const { string } = attributes;

/** What an instance is given on its node before it starts. */
export const provisionAttributes = {
  pull: string({
    optional: true,
    default: "missing",
    validators: [oneOf("missing", "always")],
    description:
      '`"missing"`: a node pulls the image where it lacks it. `"always"`: the registry is asked at each start of an instance, which fails where it does not answer.',
  }),
} as const;
