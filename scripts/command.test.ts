import { attempt, CommandFailed, run } from "./command";

describe("running a program", () => {
  it("gives what it printed", async () => {
    expect(await run("sh", ["-c", "cat; echo two"], { input: Buffer.from("one\n") })).toBe(
      "one\ntwo\n",
    );
  });

  it("fails with the command, its code and what it said last", async () => {
    const failing = run("sh", ["-c", "echo broken >&2; exit 3"]);
    await expect(failing).rejects.toBeInstanceOf(CommandFailed);
    await expect(failing).rejects.toThrow(/ended with 3:\nbroken/);
  });

  it("answers for a program that is not there", async () => {
    expect(await attempt("covey-no-such-program", [])).toMatchObject({
      code: -1,
      stderr: expect.stringContaining("ENOENT") as string,
    });
  });

  it("ends one that takes too long, and says so", async () => {
    const result = await attempt("sleep", ["60"], { deadlineMs: 20 });
    expect(result).toMatchObject({
      code: -1,
      stderr: expect.stringContaining("did not end within 0.02 s") as string,
    });
  });

  it("ends one when told to", async () => {
    const controller = new AbortController();
    const running = attempt("sleep", ["60"], { signal: controller.signal });
    controller.abort();
    expect((await running).code).toBe(-1);
  });
});
