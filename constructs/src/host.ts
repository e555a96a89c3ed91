export interface LocalHostOptions {
  /**
   * The node's own IPv4 address, reachable by all nodes and by all containers; Covey makes a Docker network with this gateway.
   * @default 10.207.N.1 for the N-th such node of the app
   */
  readonly address?: string;
}

/** A machine, and how it is reached. */
export class Host {
  private constructor(
    readonly kind: "local",
    readonly address: string | undefined,
  ) {}

  /** The machine Terraform runs on. Several nodes may be on it, each with an address of its own. @throws Error on a malformed address */
  static local(options: LocalHostOptions = {}): Host {
    const { address } = options;
    if (address !== undefined && !isIpv4(address))
      throw new Error(`Host.local: address '${address}' is no IPv4 address like 10.207.1.1`);
    return new Host("local", address);
  }
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}
