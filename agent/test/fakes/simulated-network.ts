import type { Endpoint } from "../../src/model/endpoint";
import { formatEndpoint } from "../../src/model/endpoint";
import type { MeshPacket, MeshPath } from "../../src/model/mesh-message";
import type { MeshTransport } from "../../src/ports/mesh-transport";
import type { SeededRandom } from "./seeded-random";
import type { VirtualClock } from "./virtual-clock";

export interface NetworkFaults {
  /** Each packet takes a random time between these; a wide range reorders. */
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  /** Probabilities, per packet. */
  readonly loss: number;
  readonly duplication: number;
}

export const quietNetwork: NetworkFaults = {
  minDelayMs: 0.2,
  maxDelayMs: 2,
  loss: 0,
  duplication: 0,
};

/** What real packets go through; given, it proves that all that is sent can be encoded, and fits. */
export interface PacketCodec {
  encode(packet: MeshPacket): Uint8Array;
  decode(bytes: Uint8Array): MeshPacket | undefined;
  readonly maxBytes: Readonly<Record<MeshPath, number>>;
}

interface Socket {
  readonly name: string;
  readonly key: string;
  readonly endpoint: Endpoint;
  receive: ((packet: MeshPacket, from: Endpoint, over: MeshPath) => void) | undefined;
}

/**
 * Packets between simulated nodes: datagrams are late, lost, doubled, reordered, cut off, held; streams are cut off and
 * held, twice as late, and in order. Same seed and same calls, same fate of each packet. Nodes are addressed by endpoint, and cut and paused by name.
 */
export class SimulatedNetwork {
  sent = 0;
  /** No stream arrives anywhere: a network that lets UDP through alone. */
  streamsBlocked = false;
  /** Told of each packet as it leaves. */
  onSend: ((packet: MeshPacket, over: MeshPath) => void) | undefined;
  private readonly sockets = new Map<string, Socket>();
  private readonly cuts = new Set<string>();
  private readonly datagramBlocks = new Set<string>();
  /** When the last stream from one to another arrives: none overtakes it. */
  private readonly streamsUntilMs = new Map<string, number>();
  private readonly paused = new Map<string, (() => void)[]>();

  constructor(
    private readonly clock: VirtualClock,
    private readonly random: SeededRandom,
    public faults: NetworkFaults = quietNetwork,
    private readonly codec?: PacketCodec,
  ) {}

  /** A node's socket. Closing it, the node may come back here or elsewhere; what is still under way to it is lost. */
  open(name: string, endpoint: Endpoint): MeshTransport {
    const key = formatEndpoint(endpoint);
    if (this.sockets.has(key)) throw new Error(`simulated network: ${key} is taken`);
    const socket: Socket = { name, key, endpoint, receive: undefined };
    this.sockets.set(key, socket);
    return {
      send: (to, packet) => this.send(socket, to, packet, "datagram"),
      sendStream: (to, packet) => this.send(socket, to, packet, "stream"),
      onPacket: (receive) => void (socket.receive = receive),
      close: () => {
        if (this.sockets.get(key) === socket) this.sockets.delete(key);
        socket.receive = undefined;
        return Promise.resolve();
      },
    };
  }

  /** Packets from `from` to `to` are lost; the other way datagrams arrive, and no stream, which needs both. */
  cut(from: string, to: string): void {
    this.cuts.add(`${from}>${to}`);
  }

  /** As `cut`, of datagrams alone: a firewall that has its port open for TCP only. */
  blockDatagrams(from: string, to: string): void {
    this.datagramBlocks.add(`${from}>${to}`);
  }

  /** Packets pass within each group only. Nodes in no group reach, and are reached by, all. */
  partition(...groups: readonly (readonly string[])[]): void {
    for (const [index, group] of groups.entries())
      for (const other of groups.filter((_, at) => at !== index))
        for (const from of group) for (const to of other) this.cut(from, to);
  }

  /** All cuts and blocks end. */
  heal(): void {
    this.cuts.clear();
    this.datagramBlocks.clear();
  }

  /** Neither receives nor sends until `resume`; both are held, as by a stalled process. */
  pause(name: string): void {
    if (!this.paused.has(name)) this.paused.set(name, []);
  }

  resume(name: string): void {
    const held = this.paused.get(name) ?? [];
    this.paused.delete(name);
    for (const run of held) run();
  }

  private send(from: Socket, to: Endpoint, packet: MeshPacket, over: MeshPath): void {
    if (this.sockets.get(from.key) !== from) return;
    const held = this.paused.get(from.name);
    if (held) {
      held.push(() => this.send(from, to, packet, over));
      return;
    }
    this.sent += 1;
    this.onSend?.(packet, over);
    const carried = this.carried(packet, over);
    if (over === "stream") {
      this.carryStream(from, to, carried);
      return;
    }
    const { loss, duplication } = this.faults;
    const copies = this.random.chance(loss) ? 0 : this.random.chance(duplication) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) this.carry(from, to, carried);
  }

  private carry(from: Socket, to: Endpoint, packet: MeshPacket): void {
    const { minDelayMs, maxDelayMs } = this.faults;
    this.clock.after(this.random.between(minDelayMs, maxDelayMs), () => {
      const socket = this.sockets.get(formatEndpoint(to));
      if (!socket || this.isCut(from, socket) || this.isBlocked(from, socket)) return;
      this.deliver(socket, packet, from.endpoint, "datagram");
    });
  }

  private carryStream(from: Socket, to: Endpoint, packet: MeshPacket): void {
    const { minDelayMs, maxDelayMs } = this.faults;
    const nowMs = this.clock.nowMs();
    const road = `${from.key}>${formatEndpoint(to)}`;
    const delayMs = 2 * this.random.between(minDelayMs, maxDelayMs);
    const atMs = Math.max(nowMs + delayMs, this.streamsUntilMs.get(road) ?? 0);
    this.streamsUntilMs.set(road, atMs);
    this.clock.after(atMs - nowMs, () => {
      const socket = this.sockets.get(formatEndpoint(to));
      if (!socket || this.streamsBlocked) return;
      if (this.isCut(from, socket) || this.isCut(socket, from)) return;
      this.deliver(socket, packet, from.endpoint, "stream");
    });
  }

  private deliver(to: Socket, packet: MeshPacket, from: Endpoint, over: MeshPath): void {
    const held = this.paused.get(to.name);
    if (held) held.push(() => to.receive?.(packet, from, over));
    else to.receive?.(packet, from, over);
  }

  private isCut(from: Socket, to: Socket): boolean {
    return this.cuts.size > 0 && this.cuts.has(`${from.name}>${to.name}`);
  }

  private isBlocked(from: Socket, to: Socket): boolean {
    return this.datagramBlocks.size > 0 && this.datagramBlocks.has(`${from.name}>${to.name}`);
  }

  private carried(packet: MeshPacket, over: MeshPath): MeshPacket {
    if (!this.codec) return packet;
    const bytes = this.codec.encode(packet);
    if (bytes.length > this.codec.maxBytes[over])
      throw new Error(`packet of ${bytes.length} bytes: ${JSON.stringify(packet)}`);
    const decoded = this.codec.decode(bytes);
    if (!decoded) throw new Error(`packet cannot be decoded: ${JSON.stringify(packet)}`);
    return decoded;
  }
}
