import type { ElectionOptions } from "../election/election";
import type { ElectorateDoor } from "../master/voter-changes";
import { type Electorate, readElectorate } from "../model/electorate";
import type { Endpoint } from "../model/endpoint";
import type { Member } from "../model/member";
import type { ElectionMessage } from "../model/mesh-message";
import { Ballots, type BallotsListener, type BallotsWorld } from "./ballots";
import type { DesiredCopy } from "./desired-copy";
import type { Mesh } from "./mesh";

export interface SeatOptions {
  readonly self: string;
  readonly election: Omit<ElectionOptions, "voters" | "self">;
  /** Declared in the configuration, name to address. */
  readonly declared: Readonly<Record<string, string>>;
  readonly meshPort: number;
}

interface SeatWorld extends Omit<BallotsWorld, "send"> {
  readonly mesh: Pick<Mesh, "sendElection" | "member" | "beVoter">;
  readonly copy: DesiredCopy;
}

/**
 * This node's place among the voters, which it may get and lose while it runs: its ballots, where the others are found,
 * and what only a voter keeps. Before a change it is what the configuration says.
 */
export class Seat {
  readonly ballots: Ballots;
  private copying = false;

  constructor(
    private readonly world: SeatWorld,
    private readonly options: SeatOptions,
    private readonly listener: Omit<BallotsListener, "electorate"> & {
      seated(isVoter: boolean): void;
    },
  ) {
    const { election, declared, self } = options;
    const { term, electorate } = world.copy.last;
    this.ballots = new Ballots(
      { ...world, send: (to, message) => this.send(to, message) },
      {
        ...election,
        voters: Object.keys(declared),
        self,
        knownTerm: term,
        knownElectorate: readElectorate(electorate),
      },
      { ...listener, electorate: (changed) => this.changed(changed) },
    );
  }

  start(): void {
    this.ballots.start();
    this.keep();
  }

  /** Where the mesh may be joined: at all that are declared, and at those that have become voters since. */
  seeds(): Endpoint[] {
    const names = [...Object.keys(this.options.declared), ...this.ballots.electorate.voters];
    return [...new Set(names)]
      .filter((name) => name !== this.options.self)
      .map((name) => this.endpointOf(name))
      .filter(({ address }) => address !== "");
  }

  /**
   * As this node knows them. One that is no voter is told nothing by the master: it has those it last knew, or that the
   * configuration declares, less those, and more, that say so of themselves in the mesh.
   */
  voters(members: readonly Member[]): readonly string[] {
    const { electorate, isVoter } = this.ballots;
    if (isVoter) return electorate.voters;
    const resigned = members.filter(({ record }) => !record.voter).map(({ record }) => record.name);
    const joined = members.filter(({ record, status }) => record.voter && status === "alive");
    const known = electorate.voters.filter((name) => !resigned.includes(name));
    return [...new Set([...known, ...joined.map(({ record }) => record.name)])];
  }

  door(): ElectorateDoor {
    const { ballots } = this;
    return {
      current: () => ballots.electorate,
      acknowledged: (voter) => ballots.acknowledged(voter),
      propose: (voters) => ballots.propose(voters),
      prepare: (learner) => ballots.prepare(learner),
    };
  }

  /** Dropped where nobody knows where the other is: it will be heard of, and all that is sent is sent again. */
  private send(to: string, message: ElectionMessage): void {
    const endpoint = this.endpointOf(to);
    if (endpoint.address !== "") this.world.mesh.sendElection(endpoint, message);
  }

  private changed({ term, version, voters }: Electorate): void {
    this.world.log.info("electorate", { term, version, voters });
    this.keep();
  }

  private keep(): void {
    const { isVoter } = this.ballots;
    if (isVoter && !this.copying) {
      this.copying = true;
      this.world.copy.start();
    }
    this.world.mesh.beVoter(isVoter);
    this.listener.seated(isVoter);
  }

  /** In the mesh, the configuration, or the store as this voter last knew it; all agents have one mesh port. */
  private endpointOf(name: string): Endpoint {
    const known = this.world.mesh.member(name)?.record.mesh;
    const { declared, meshPort } = this.options;
    const address = declared[name] ?? this.world.copy.last.nodes[name]?.address ?? "";
    return known ?? { address, port: meshPort };
  }
}
