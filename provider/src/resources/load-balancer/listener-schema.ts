import { attributes, custom, numberBetween, oneOf, sizeBetween, wholeNumber } from "../../plugin";
import type { Validator } from "../../plugin";
import { dnsLabel } from "../validators";

const { bool, listNested, number, string } = attributes;

const listenersMax = 31;
const rulesMax = 100;
const hostRule =
  "a host name in small letters without a port, such as `shop.example.org`, or `*.example.org` for all below it";
const pathRule = "a path of a-z, A-Z, 0-9 and `/ - . _ ~ % : @ + , = ! &`, beginning with `/`";

/** Said in the configuration without quotes, so nothing may be in it that ends a word or a line, or stands for something else. */
function hostName(): Validator<string> {
  const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  const regex = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);
  return custom(hostRule, (value) =>
    regex.test(value) && value.length <= 253
      ? undefined
      : `${JSON.stringify(value)} is not ${hostRule}; write only that`,
  );
}

function pathPrefix(): Validator<string> {
  return custom(pathRule, (value) =>
    /^\/[A-Za-z0-9/._~%:@+,=!&-]{0,511}$/.test(value) && !value.endsWith("\n")
      ? undefined
      : `${JSON.stringify(value)} is not ${pathRule}; write other characters as %XX, as they come in requests`,
  );
}

const rules = listNested(
  {
    host: string({
      optional: true,
      validators: [hostName()],
      description: "The host asked for, or `*.example.org` for all below it. Default: any.",
    }),
    path_prefix: string({
      optional: true,
      validators: [pathPrefix()],
      description: "`/api` takes `/api` and what is below it, not `/apiary`. Default: any path.",
    }),
    service: string({
      required: true,
      validators: [dnsLabel()],
      description: "Name of the service that such requests go to.",
    }),
  },
  {
    optional: true,
    validators: [sizeBetween(0, rulesMax)],
    description: "Of several that match, the first decides.",
  },
);

export const listenersAttribute = listNested(
  {
    port: number({
      required: true,
      validators: [wholeNumber(), numberBetween(1, 65535)],
      description: "Port on the nodes, outside the range that they give to tasks.",
    }),
    mode: string({
      optional: true,
      default: "http",
      validators: [oneOf("http", "tcp")],
      description: "`tcp` passes bytes on as they are.",
    }),
    service: string({
      optional: true,
      validators: [dnsLabel()],
      description:
        "Name of the service that gets what no rule takes. Default: such requests are answered 404.",
    }),
    rules,
    balance: string({
      optional: true,
      default: "roundrobin",
      validators: [oneOf("roundrobin", "leastconn", "source")],
      description:
        "Which instance is next: each in turn, the one with the fewest connections, or by the client's address.",
    }),
    sticky: bool({
      optional: true,
      default: false,
      description: "A client stays with one instance, by the cookie `covey-SERVICE`. Only `http`.",
    }),
  },
  {
    required: true,
    validators: [sizeBetween(1, listenersMax)],
    description: "Where clients come in.",
  },
);
