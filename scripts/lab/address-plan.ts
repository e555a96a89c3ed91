/** The lab's networks: 10.99.0.0/24 and those after it, of which a lab takes the first that is nobody's. */
const networks = Array.from({ length: 32 }, (_, index) => `10.99.${index}`);
const lastNumber = { registry: 253, machine: 254 } as const;
const maxHosts = 200;

/** All addresses follow from the network's first three numbers. */
export class AddressPlan {
  constructor(readonly network: string) {
    if (!networks.includes(network))
      throw new Error(`network '${network}' is none of a lab's: 10.99.0 to 10.99.31`);
  }

  /** As `ip` names them: `10.99.0.0/24`, `172.17.0.0/16`, `default`. @throws Error where none is free */
  static free(routes: readonly string[]): readonly AddressPlan[] {
    const taken = routes.filter((route) => route !== "default");
    const free = networks.filter((network) => !taken.some((route) => meets(route, network)));
    if (free.length === 0)
      throw new Error(
        "every network from 10.99.0.0/24 to 10.99.31.0/24 is in use here: `ip route` shows by whom; take a lab down or remove a route",
      );
    return free.map((network) => new AddressPlan(network));
  }

  /** Names the machine's own end, and with it this lab among those of the machine. */
  get interface(): string {
    return `covey-lab${this.network.split(".")[2] ?? ""}`;
  }

  get cgroup(): string {
    return this.interface;
  }

  /** Of the machine the lab runs on. */
  get machine(): string {
    return `${this.network}.${lastNumber.machine}`;
  }

  get registry(): string {
    return `${this.network}.${lastNumber.registry}`;
  }

  /** @param number from 1 on */
  host(number: number): string {
    if (!Number.isInteger(number) || number < 1 || number > maxHosts)
      throw new Error(`a lab has 1 to ${maxHosts} hosts, there is no host ${number}`);
    return `${this.network}.${number}`;
  }

  /** The bridge of a host's containers. Only that host sees it, but each has another, so that addresses in logs tell hosts apart. */
  containers(number: number): string {
    return `172.30.${number}.1/24`;
  }
}

/**
 * The hardware address of a host's interface, which stays the same when it boots again, as a real one's does: others remember
 * it for half a minute.
 */
export function hardwareAddress(address: string): string {
  const numbers = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return ["02", "c0", ...numbers].join(":");
}

/** Whether a route's range and a /24 have an address in common. */
function meets(route: string, network: string): boolean {
  const [address = "", length = "32"] = route.split("/");
  const bits = Math.min(Number(length), 24);
  const shift = 2 ** (32 - bits);
  return Math.floor(numberOf(address) / shift) === Math.floor(numberOf(`${network}.0`) / shift);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
