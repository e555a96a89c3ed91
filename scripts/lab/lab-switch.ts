import { join } from "node:path";
import { hardwareAddress, type AddressPlan } from "./address-plan";
import { fastCommand, hostInterface, slowCommand } from "./faults";
import { mountsBelow } from "./mounts";
import { NetworkNamespace } from "./network-namespace";

const trunk = "br0";
const uplink = "uplink";

/**
 * A bridge in a namespace of its own, which hosts and machine are connected to by one cable each. (In the machine's own
 * namespace its firewall would look at what hosts send each other.) The registry listens here.
 */
export class LabSwitch {
  readonly network: NetworkNamespace;

  constructor(folder: string) {
    this.network = new NetworkNamespace(join(folder, "switch.net"));
  }

  /** Before anything else of the lab. */
  create(): void {
    this.network.create();
    this.#run("ip", "link", "add", trunk, "up", "type", "bridge");
  }

  /** @throws Error where the machine has such an interface already */
  connectMachine(plan: AddressPlan): void {
    const peer = ["peer", "name", plan.interface, "netns", String(process.pid)];
    this.#run("ip", "link", "add", uplink, "type", "veth", ...peer);
    this.#run("ip", "link", "set", uplink, "up", "master", trunk);
    this.#run("ip", "address", "add", `${plan.registry}/24`, "dev", trunk);
  }

  connect(host: NetworkNamespace, port: string, address: string): void {
    host.connect(hostInterface, this.network, port);
    this.#run("ip", "link", "set", port, "up", "master", trunk);
    host.run("ip", "address", "add", `${address}/24`, "dev", hostInterface);
    const hardware = ["address", hardwareAddress(address)];
    host.run("ip", "link", "set", hostInterface, ...hardware, "up");
  }

  /** Both ends of the cable are gone: nothing that the host says any more is heard. Nothing where there is no such cable, or no switch. */
  disconnect(port: string): void {
    if (mountsBelow(this.network.file).length === 0) return;
    if (this.#links("veth").includes(port)) this.#run("ip", "link", "delete", port);
  }

  disconnectMachine(): void {
    this.disconnect(uplink);
  }

  /** These reach each other, and nobody else. */
  isolate(ports: readonly string[]): void {
    const bridges = this.#links("bridge");
    let number = 1;
    while (bridges.includes(`br${number}`)) number++;
    this.#run("ip", "link", "add", `br${number}`, "up", "type", "bridge");
    for (const port of ports) this.#run("ip", "link", "set", port, "master", `br${number}`);
  }

  /** These, or all, are in one network again. */
  join(ports = this.#links("veth")): void {
    for (const port of ports) this.#run("ip", "link", "set", port, "master", trunk);
    const used = new Set(this.#details("veth").map(({ master }) => master));
    for (const bridge of this.#links("bridge"))
      if (bridge !== trunk && !used.has(bridge)) this.#run("ip", "link", "delete", bridge);
  }

  isIsolated(port: string): boolean {
    return this.#details().some(
      ({ ifname, master }) => ifname === port && master !== undefined && master !== trunk,
    );
  }

  /** What it sends to the host. */
  slow(port: string, mbit: number): void {
    this.#run(...slowCommand(port, mbit));
  }

  fast(port: string): void {
    this.#run(...fastCommand(port));
  }

  #links(kind: "veth" | "bridge"): readonly string[] {
    return this.#details(kind).map(({ ifname }) => ifname);
  }

  #details(kind?: string): readonly { readonly ifname: string; readonly master?: string }[] {
    const only = kind === undefined ? [] : ["type", kind];
    const text = this.#run("ip", "-json", "link", "show", ...only);
    return JSON.parse(text === "" ? "[]" : text) as { ifname: string; master?: string }[];
  }

  #run(...command: readonly string[]): string {
    return this.network.run(...command);
  }
}
