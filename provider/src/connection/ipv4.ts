/** An IPv4 network; `base` has zeros behind the prefix. */
export interface Subnet {
  readonly base: number;
  readonly prefix: number;
}

/** `10.0.0.0/24`; undefined where it is no IPv4 CIDR. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = "", length = ""] = text.split("/");
  const value = parseIpv4(address);
  const prefix = Number(length);
  if (value === undefined || !/^\d{1,2}$/.test(length) || prefix > 32) return undefined;
  return { base: masked(value, prefix), prefix };
}

/** undefined where it is no IPv4 address in dotted form. */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function subnetOf(address: string, prefix: number): string {
  const value = parseIpv4(address);
  if (value === undefined) throw new RangeError(`'${address}' is no IPv4 address`);
  return `${formatIpv4(masked(value, prefix))}/${prefix}`;
}

export function overlap(a: Subnet, b: Subnet): boolean {
  const prefix = Math.min(a.prefix, b.prefix);
  return masked(a.base, prefix) === masked(b.base, prefix);
}

export function isLoopback(address: string): boolean {
  return address.startsWith("127.");
}

function masked(value: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return value - (value % size);
}

export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
