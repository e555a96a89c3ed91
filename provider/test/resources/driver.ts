import { Machines, makeAuthority, ProgramHashes } from "../../src/connection";
import type { KeyPair } from "../../src/connection";
import { withProviderData } from "../../src/plugin";
import type { PluginLog } from "../../src/plugin";
import { InProcessTerraform } from "../../src/plugin/testing";
import type { Reported, TestPlan, TestPrior, TestState } from "../../src/plugin/testing";
import { encodeAccessKey } from "../../src/resources/keys/access-key";
import { encodeJoinKey } from "../../src/resources/keys/join-key";
import {
  clusterResource,
  defaultNodeTiming,
  loadBalancerResource,
  nodeResource,
  roleResource,
  serviceResource,
  Silences,
} from "../../src/resources";
import type { ProviderData } from "../../src/resources";

export type Model = Readonly<Record<string, unknown>>;

/** What one operation did, as Terraform would see it. */
export interface Outcome {
  /** As it would be stored; undefined: there is none. */
  readonly state: Model | undefined;
  readonly prior: TestPrior;
  /** Of all errors, summary and detail. */
  readonly error: string;
  readonly warnings: readonly Reported[];
}

/** Made before the first test of whichever file imports this. */
export let authority: KeyPair;
beforeAll(async () => {
  authority = await makeAuthority("Covey test7", new Date());
}, 30_000);

export const token = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

export function joinKey(voters: Readonly<Record<string, string>>, signer = authority): string {
  return encodeJoinKey({
    cluster: "test7",
    datacenter: "dc1",
    voters,
    authority: signer,
    gossipKey: Buffer.alloc(32, 7).toString("base64"),
    token,
    consul: { mode: "external", address: "http://127.0.0.1:8500" },
    mesh: "local",
  });
}

export function accessKey(endpoints: readonly string[]): string {
  return encodeAccessKey({ cluster: "test7", endpoints, ca: authority.certificate, token });
}

const hashes = new ProgramHashes();
const machines = new Machines();
afterAll(() => machines.close());

export function providerData(over: Partial<ProviderData> = {}): ProviderData {
  return {
    accessKey: undefined,
    joinKeyFile: undefined,
    bundle: { path: "/nowhere/covey.js", hash: () => Promise.resolve("0".repeat(64)) },
    sshKeyFile: undefined,
    dockerCertPath: undefined,
    ownRuntime: process.execPath,
    programHash: (path) => hashes.of(path),
    machines,
    silences: new Silences(() => performance.now()),
    nodeTiming: { ...defaultNodeTiming, pollMs: 50, readMs: 1500, missingVotersMs: 300 },
    now: () => new Date(),
    ...over,
  };
}

/** One resource type under the framework's own Terraform, which checks core's contract at every step. */
export class Driver {
  readonly data: ProviderData;
  readonly #terraform: InProcessTerraform;
  #configured: Promise<unknown> | undefined;

  constructor(
    private readonly type: string,
    over: Partial<ProviderData> = {},
    /** Told what goes to Terraform's log, at any level. */
    told: (line: string) => void = () => undefined,
  ) {
    this.data = providerData(over);
    this.#terraform = new InProcessTerraform(
      withProviderData<ProviderData>().provider({
        name: "covey",
        address: "example.invalid/covey/covey",
        version: "0.0.0",
        schema: { attributes: {} },
        configure: () => this.data,
        resources: [
          clusterResource,
          loadBalancerResource,
          nodeResource,
          roleResource,
          serviceResource,
        ],
      }),
      { log: logTo(told) },
    );
  }

  async validate(config: Model): Promise<readonly Reported[]> {
    return this.#terraform.validate(this.type, config);
  }

  async plan(config: Model, prior?: Outcome): Promise<TestPlan> {
    await this.#ready();
    return this.#terraform.plan(this.type, config, prior?.prior);
  }

  /** Whether a plan of this configuration would change anything. */
  async isSettled(config: Model, prior: Outcome): Promise<boolean> {
    const { planned, diagnostics } = await this.plan(config, prior);
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    return JSON.stringify(planned) === JSON.stringify(prior.prior.state);
  }

  async apply(config: Model, prior?: Outcome): Promise<Outcome> {
    await this.#ready();
    return this.#outcome(await this.#terraform.apply(this.type, config, prior?.prior));
  }

  async read(prior: Outcome): Promise<Outcome> {
    await this.#ready();
    return this.#outcome(await this.#terraform.read(this.type, prior.prior));
  }

  async destroy(prior: Outcome): Promise<Outcome> {
    await this.#ready();
    return this.#outcome(await this.#terraform.apply(this.type, null, prior.prior));
  }

  async import(id: string): Promise<Outcome> {
    await this.#ready();
    return this.#outcome(await this.#terraform.import(this.type, id));
  }

  async #ready(): Promise<void> {
    await (this.#configured ??= this.#terraform.configure());
  }

  #outcome(result: TestState): Outcome {
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    return {
      state:
        result.state === null
          ? undefined
          : (this.#terraform.toJson(this.type, result.state) as Model),
      prior: { state: result.state, private: result.private },
      error: errors
        .map(({ path, summary, detail }) => `[${path}] ${summary}: ${detail}`)
        .join("\n"),
      warnings: result.diagnostics.filter(({ severity }) => severity === "warning"),
    };
  }
}

function logTo(told: (line: string) => void): PluginLog {
  return { trace: told, debug: told, info: told, warn: told, error: told };
}
