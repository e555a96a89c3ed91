import { Resolver } from "node:dns/promises";

export interface Instance {
  readonly address: string;
  readonly port: number;
}

/** Asks one DNS server directly, as `dig @SERVER` does. */
export class ServiceNames {
  private readonly resolver = new Resolver({ timeout: 400, tries: 1 });

  /** @param server `ADDRESS:PORT` */
  constructor(server: string) {
    this.resolver.setServers([server]);
  }

  /** Addresses of the healthy instances; empty where there are none, or nobody answers. */
  async addresses(name: string): Promise<readonly string[]> {
    return this.resolver.resolve4(name).catch(() => []);
  }

  /** Address and port of each healthy instance, in a fixed order. */
  async instances(name: string): Promise<readonly Instance[]> {
    const records = await this.resolver.resolveSrv(name).catch(() => []);
    const all = await Promise.all(
      records.map(async ({ name: target, port }) => ({
        address: (await this.addresses(target))[0] ?? target,
        port,
      })),
    );
    return all.sort((a, b) => formatInstance(a).localeCompare(formatInstance(b)));
  }
}

export function formatInstance(instance: Instance): string {
  return `${instance.address}:${instance.port}`;
}
