import * as fc from "fast-check";
import { overlap, parseIpv4, parseSubnet, subnetOf } from "./ipv4";

const address = fc.ipV4();

test("an address lies in its own subnet, whatever the prefix", () => {
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 32 }), (text, prefix) => {
      const subnet = parseSubnet(subnetOf(text, prefix));
      const alone = parseSubnet(`${text}/32`);
      return subnet !== undefined && alone !== undefined && overlap(subnet, alone);
    }),
  );
});

test("two subnets overlap if one holds the other's base", () => {
  fc.assert(
    fc.property(
      fc.tuple(address, fc.integer({ min: 1, max: 32 })),
      fc.tuple(address, fc.integer({ min: 1, max: 32 })),
      ([a, p], [b, q]) => {
        const one = parseSubnet(`${a}/${p}`);
        const other = parseSubnet(`${b}/${q}`);
        if (!one || !other) return false;
        const holds = (outer: typeof one, inner: typeof one): boolean =>
          inner.base >= outer.base && inner.base < outer.base + 2 ** (32 - outer.prefix);
        return overlap(one, other) === (holds(one, other) || holds(other, one));
      },
    ),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "a.b.c.d", "1.2.3.-4"])(
  "'%s' is no address",
  (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  },
);

test.each(["10.0.0.0", "10.0.0.0/33", "fd00::/8", "10.0.0.0/x"])("'%s' is no subnet", (text) => {
  expect(parseSubnet(text)).toBeUndefined();
});
