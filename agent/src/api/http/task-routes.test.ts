import { ApiError } from "../../contract/index";
import { ContainerError } from "../../ports/containers";
import { ThreeAgents } from "../../../test/fakes/three-agents";

let agents: ThreeAgents;

beforeEach(async () => {
  agents = await ThreeAgents.start();
});

afterEach(() => agents.close());

async function read(words: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of words) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function refusal(asked: Promise<unknown>): Promise<ApiError["problem"]> {
  const error = await asked.catch((thrown: unknown) => thrown);
  if (error instanceof ApiError) return error.problem;
  throw new Error(`not refused: ${String(error)}`);
}

describe("what a task says", () => {
  it.each(["n1", "n2", "n3"] as const)(
    "is had from any agent, here %s: it redirects to the one that has it",
    async (name) => {
      expect(await read(await agents.client(name).logs("web.1", {}))).toBe("one\ntwo ü\n");
    },
  );

  it("is asked for with everything that was said of it", async () => {
    const since = "2026-03-01T12:00:00Z";
    await read(await agents.client("n3").logs("web.1", { tail: 5, since, stream: "stderr" }));
    expect(agents.at("n2").output.queries).toEqual([
      { follow: false, tail: 5, sinceMs: Date.parse(since), stream: "stderr" },
    ]);
  });

  it("ends for the engine too when a follower goes away", async () => {
    const words = await agents.client("n1").logs("web.1", { follow: true });
    for await (const chunk of words) if (Buffer.from(chunk).includes("two")) break;
    await expect(agents.at("n2").output.ended).resolves.toBeUndefined();
  });

  it("is not there where the node has no container of it: said once, and no circle", async () => {
    agents.at("n2").output.said.clear();
    expect(await refusal(agents.client("n3").logs("web.1", {}))).toMatchObject({
      code: "not-found",
      detail: expect.stringMatching(/'web.1' has no container on n2/) as string,
    });
  });

  it("of a task nobody knows is refused by the master", async () => {
    expect(await refusal(agents.client("n3").logs("nobody", {}))).toMatchObject({
      code: "not-found",
      detail: "there is no task 'nobody'; GET /v1/tasks lists them",
    });
  });

  it.each([
    [{ tail: -1 }, "tail"],
    [{ since: "yesterday" }, "since"],
  ])("refuses %j, naming the field", async (query, field) => {
    expect(await refusal(agents.client("n2").logs("web.1", query))).toMatchObject({
      status: 400,
      field,
    });
  });

  it("of an engine that does not answer is a 503 that says so", async () => {
    agents.at("n2").output.fails = new ContainerError("unavailable", "Docker does not answer");
    expect(await refusal(agents.client("n2").logs("web.1", {}))).toMatchObject({
      status: 503,
      code: "engine-unavailable",
      detail: "Docker does not answer",
    });
  });

  it("is read by 64 at once at most", async () => {
    const readers = await Promise.all(
      Array.from({ length: 64 }, () => agents.client("n2").logs("web.1", { follow: true })),
    );
    expect(await refusal(agents.client("n2").logs("web.1", {}))).toMatchObject({
      code: "conflict",
    });
    for (const reader of readers)
      for await (const part of reader) {
        expect(part).not.toHaveLength(0);
        break;
      }
  });
});

describe("what a task uses", () => {
  it("is had from any agent", async () => {
    expect(await agents.client("n3").taskStats("web.1")).toEqual({
      task: "web.1",
      node: "n2",
      cpus: 0.5,
      memMiB: 12.25,
      memLimitMiB: 64,
      pids: 3,
    });
  });
});
