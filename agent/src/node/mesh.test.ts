import { SeededRandom } from "../../test/fakes/seeded-random";
import { SimulatedNetwork } from "../../test/fakes/simulated-network";
import { VirtualClock } from "../../test/fakes/virtual-clock";
import { Membership } from "../membership/membership";
import { lanMembership } from "../membership/options";
import type { Log } from "../ports/log";
import { Mesh } from "./mesh";

const endpoints = {
  a: { address: "10.0.0.1", port: 7442 },
  b: { address: "10.0.0.2", port: 7442 },
};

/** Two agents' meshes, and what `a` says in its log above `debug`. */
function meshOfTwo(): { clock: VirtualClock; network: SimulatedNetwork; lines: string[] } {
  const clock = new VirtualClock();
  const random = new SeededRandom(1);
  const network = new SimulatedNetwork(clock, random.fork("network"));
  const lines: string[] = [];
  for (const name of ["a", "b"] as const) {
    const mesh = endpoints[name];
    const record = { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" };
    const say =
      (level: string) =>
      (message: string): void => {
        if (name === "a") lines.push(`${level}: ${message}`);
      };
    const log: Log = {
      debug: () => undefined,
      info: say("info"),
      warn: say("warn"),
      error: say("error"),
      with: () => log,
    };
    const draws = random.fork(name);
    const membership = new Membership(lanMembership, record, 1, () => draws.next());
    const nothing = (): void => undefined;
    const listener = { memberChanged: nothing, masterAnnounced: nothing, electionMessage: nothing };
    const world = { clock, transport: network.open(name, mesh), log };
    new Mesh(world, membership, name, listener).start([endpoints.b]);
  }
  return { clock, network, lines };
}

describe("mesh driver", () => {
  it("says once what is wrong where datagrams are blocked and streams are not, and once that it is over", () => {
    const { clock, network, lines } = meshOfTwo();
    clock.advance(5000);
    lines.length = 0;
    network.blockDatagrams("b", "a");
    clock.advance(60_000);
    expect(lines).toEqual([
      expect.stringMatching(
        /^warn: udp 10\.0\.0\.2:7442 does not get through \(either way\); open it in the firewall: /,
      ),
    ]);
    network.heal();
    clock.advance(60_000);
    expect(lines.slice(1)).toEqual(["info: udp 10.0.0.2:7442 gets through again"]);
  });
});
