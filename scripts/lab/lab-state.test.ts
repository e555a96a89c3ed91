import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readState, stateFile, writeState } from "./lab-state";

describe("a lab's state file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "covey-lab-state-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is read as it was written, by its owner alone", () => {
    const state = {
      network: "10.99.0",
      keyFile: "/lab/key",
      registry: "registry.lab:5000",
      hosts: [{ name: "h1", address: "10.99.0.1", hostKey: "ssh-ed25519 AAAA" }],
    };
    writeState(folder, state);
    expect(readState(folder)).toEqual(state);
    expect(statSync(stateFile(folder)).mode & 0o777).toBe(0o600);
  });

  it("is absent where there is no lab", () => {
    expect(readState(folder)).toBeUndefined();
  });

  it("is refused with the way out where it is damaged", () => {
    writeFileSync(stateFile(folder), "{");
    expect(() => readState(folder)).toThrow(/lab\.json cannot be read .* down/);
  });
});
