import type { Disk } from "../ports/disk";
import { BallotFile } from "./ballot-file";

class OneFile implements Disk {
  boot = "first";
  stored: unknown;

  read(): unknown {
    return this.stored;
  }

  write(_name: string, value: unknown): void {
    this.stored = value;
  }
}

const vote = { term: 3, votedFor: "n2" };

function written(): OneFile {
  const disk = new OneFile();
  const file = new BallotFile(disk, 0);
  file.reserve();
  file.write(vote);
  return disk;
}

describe("the ballot's file", () => {
  it("is that of a voter that never voted where there is none and the node knows of no term", () => {
    const file = new BallotFile(new OneFile(), 0);
    expect([file.ballot.term, file.abstainsThrough]).toEqual([0, undefined]);
  });

  it("has forgotten nothing when only the process was restarted", () => {
    const again = new BallotFile(written(), 3);
    expect([again.ballot, again.abstainsThrough]).toMatchObject([vote, undefined]);
  });

  it("of an earlier boot lets no vote be given in a term that may have been voted in", () => {
    const disk = written();
    disk.boot = "second";
    expect(new BallotFile(disk, 0).abstainsThrough).toBe(64);
  });

  it("older than what the node knows lets no vote be given up to where its votes may reach", () => {
    expect(new BallotFile(written(), 9).abstainsThrough).toBe(64);
    expect(new BallotFile(new OneFile(), 9).abstainsThrough).toBe(73);
  });

  it("reserves anew long before the reservation is used up, and above what it abstains from", () => {
    const disk = written();
    const file = new BallotFile(disk, 0);
    file.write({ term: 32, votedFor: undefined });
    expect(disk.stored).toMatchObject({ reserved: 64 });
    file.write({ term: 33, votedFor: undefined });
    expect(disk.stored).toMatchObject({ reserved: 97 });
    disk.boot = "second";
    new BallotFile(disk, 0).reserve();
    expect(disk.stored).toMatchObject({ reserved: 161, boot: "second" });
  });

  it("of a version without reservations is believed as little", () => {
    const disk = new OneFile();
    disk.stored = { term: 5, votedFor: "n1" };
    expect(new BallotFile(disk, 0).abstainsThrough).toBe(69);
  });
});
