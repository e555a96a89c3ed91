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

const none = { term: 0 };
const vote = { term: 3, votedFor: "n2" };

function written(): OneFile {
  const disk = new OneFile();
  const file = new BallotFile(disk, none);
  file.reserve();
  file.write(vote);
  return disk;
}

describe("the ballot's file", () => {
  it("is that of a voter that never voted where there is none and the node knows of no term", () => {
    const file = new BallotFile(new OneFile(), none);
    expect([file.ballot.term, file.abstainsThrough]).toEqual([0, undefined]);
  });

  it("has forgotten nothing when only the process was restarted", () => {
    const again = new BallotFile(written(), { term: 3 });
    expect([again.ballot, again.abstainsThrough]).toMatchObject([vote, undefined]);
  });

  it("of an earlier boot lets no vote be given in a term that may have been voted in", () => {
    const disk = written();
    disk.boot = "second";
    expect(new BallotFile(disk, none).abstainsThrough).toBe(64);
  });

  it("older than what the node knows lets no vote be given up to where its votes may reach", () => {
    expect(new BallotFile(written(), { term: 9 }).abstainsThrough).toBe(64);
    expect(new BallotFile(new OneFile(), { term: 9 }).abstainsThrough).toBe(73);
  });

  it("reserves anew long before the reservation is used up, and above what it abstains from", () => {
    const disk = written();
    const file = new BallotFile(disk, none);
    file.write({ term: 32, votedFor: undefined });
    expect(disk.stored).toMatchObject({ reserved: 64 });
    file.write({ term: 33, votedFor: undefined });
    expect(disk.stored).toMatchObject({ reserved: 97 });
    disk.boot = "second";
    new BallotFile(disk, none).reserve();
    expect(disk.stored).toMatchObject({ reserved: 161, boot: "second" });
  });

  it("of a version without reservations is believed as little", () => {
    const disk = new OneFile();
    disk.stored = { term: 5, votedFor: "n1" };
    expect(new BallotFile(disk, none).abstainsThrough).toBe(69);
  });

  it("brings the electorate back with the vote", () => {
    const disk = written();
    const electorate = { term: 3, version: 2, voters: ["n1", "n4"] };
    new BallotFile(disk, none).write({ ...vote, electorate });
    disk.stored = JSON.parse(JSON.stringify(disk.stored));
    expect(new BallotFile(disk, none).ballot).toEqual({ ...vote, electorate });
  });

  it("gives way to a newer electorate that the node knows of otherwise", () => {
    const electorate = { term: 3, version: 2, voters: ["n1", "n4"] };
    const same = new BallotFile(written(), { term: 3, electorate });
    expect(same.ballot).toEqual({ ...vote, electorate });
    const newer = { ...electorate, term: 5 };
    const behind = new BallotFile(written(), { term: 5, electorate: newer });
    expect(behind.ballot).toEqual({ term: 5, votedFor: undefined, electorate: newer });
    expect(behind.abstainsThrough).toBe(64);
  });

  it.each([
    ["of a term above the ballot's", { term: 4, version: 1, voters: ["n1"] }],
    ["of nobody", { term: 1, version: 1, voters: [] }],
    ["with a name twice", { term: 1, version: 1, voters: ["n1", "n1"] }],
    ["of eight", { term: 1, version: 1, voters: "a,b,c,d,e,f,g,h".split(",") }],
    ["without a version", { term: 1, voters: ["n1"] }],
  ])("refuses an electorate %s", (_, electorate) => {
    const disk = new OneFile();
    disk.stored = { ...vote, electorate };
    expect(() => new BallotFile(disk, none)).toThrow(/ballot .* is damaged/);
  });
});
