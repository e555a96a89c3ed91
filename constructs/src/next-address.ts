/** Addresses of the app's other nodes. */
export interface TakenAddresses {
  readonly all: ReadonlySet<string>;
  /** Of them, those of nodes in containers of the same cluster. */
  readonly siblings: readonly string[];
}

const localPrefix = "10.207";
const dockerPrefix = "10.208";
/** Below it, the network's gateway and room for what a user places by hand. */
const firstMachine = 11;

/** Every local node is the gateway of a network of its own. Undefined: none is left. */
export function nextLocalAddress({ all }: TakenAddresses): string | undefined {
  return range(1, 254)
    .map((network) => `${localPrefix}.${network}.1`)
    .find((address) => !all.has(address));
}

/** The nodes in containers of one cluster share a network. Undefined: none is left. */
export function nextDockerAddress(taken: TakenAddresses): string | undefined {
  const network = networkOf(taken);
  return network === undefined
    ? undefined
    : range(firstMachine, 254)
        .map((machine) => `${network}.${machine}`)
        .find((address) => !taken.all.has(address));
}

function networkOf({ all, siblings }: TakenAddresses): string | undefined {
  const own = siblings.find((address) => address.startsWith(`${dockerPrefix}.`));
  if (own !== undefined) return own.slice(0, own.lastIndexOf("."));
  return range(1, 254)
    .map((network) => `${dockerPrefix}.${network}`)
    .find((network) => ![...all].some((address) => address.startsWith(`${network}.`)));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
