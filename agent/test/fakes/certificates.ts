import {
  issueNodeCertificate,
  makeAuthority,
  type KeyPair,
} from "../../../provider/src/connection/certificates";

/** A cluster's CA and what it signs, made exactly as the provider makes them for a real cluster. */
export class TestAuthority {
  readonly #pair: KeyPair;

  private constructor(pair: KeyPair) {
    this.#pair = pair;
  }

  static async make(name = "covey-test"): Promise<TestAuthority> {
    return new TestAuthority(await makeAuthority(name, new Date()));
  }

  get ca(): string {
    return this.#pair.certificate;
  }

  /** What an agent has in its configuration as `tls`. */
  async issue(node: string, address: string): Promise<{ ca: string; cert: string; key: string }> {
    const request = { commonName: node, dnsNames: [node], ipAddresses: [address] };
    const issued = await issueNodeCertificate(this.#pair, request, new Date());
    return { ca: this.ca, cert: issued.certificate, key: issued.privateKey };
  }
}
