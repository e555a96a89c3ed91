import { PullProgress } from "./pull-progress";

const mebibyte = 1024 * 1024;

function progress(...lines: readonly Parameters<PullProgress["take"]>[0][]): string {
  const pull = new PullProgress("web:1");
  for (const line of lines) pull.take(line);
  return String(pull);
}

describe("how far a pull has come", () => {
  it("is only that there is one, until a layer is named", () => {
    expect(progress({ id: "1", status: "Pulling from web" }, { status: "Digest: sha256:1" })).toBe(
      "pulling image web:1",
    );
  });

  it("counts layers and what of them has arrived", () => {
    const downloading = { current: 3 * mebibyte, total: 4 * mebibyte };
    expect(
      progress(
        { id: "a", status: "Already exists" },
        { id: "b", status: "Pulling fs layer" },
        { id: "c", status: "Pulling fs layer" },
        { id: "b", status: "Downloading", progressDetail: downloading },
      ),
    ).toBe("pulling image web:1: 1 of 3 layers, 3.0 of 4.0 MiB");
  });

  it("takes a layer that is being unpacked for fetched, whatever was said last of its download", () => {
    const downloading = { current: mebibyte, total: 4 * mebibyte };
    const lines = [
      { id: "b", status: "Pulling fs layer" },
      { id: "b", status: "Downloading", progressDetail: downloading },
      { id: "b", status: "Extracting", progressDetail: { current: 1, total: 9 } },
    ];
    expect(progress(...lines)).toBe("pulling image web:1: 0 of 1 layers, 4.0 of 4.0 MiB");
    expect(progress(...lines, { id: "b", status: "Pull complete" })).toContain("1 of 1 layers");
  });
});
