import { waitFor, WaitedInVain } from "./wait";

describe("waiting", () => {
  it("ends with the first answer that is one", async () => {
    const answers = [undefined, undefined, "here"];
    expect(
      await waitFor({ what: "it", deadlineMs: 1000, everyMs: 1 }, () =>
        Promise.resolve(answers.shift()),
      ),
    ).toBe("here");
  });

  it("ends in vain with what was last wrong", async () => {
    const waiting = waitFor({ what: "DNS to answer", deadlineMs: 5, everyMs: 1 }, () =>
      Promise.reject(new Error("refused")),
    );
    await expect(waiting).rejects.toThrow(WaitedInVain);
    await expect(waiting).rejects.toThrow(
      "waited 0.005 s for DNS to answer, in vain; last: refused",
    );
  });

  it("ends at once when aborted, with the reason", async () => {
    const controller = new AbortController();
    const waiting = waitFor({ what: "it", deadlineMs: 60_000, signal: controller.signal }, () =>
      Promise.resolve(undefined),
    );
    controller.abort(new Error("Ctrl-C"));
    await expect(waiting).rejects.toThrow();
    expect(controller.signal.aborted).toBe(true);
  });
});
