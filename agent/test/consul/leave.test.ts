import { createConsulCall } from "../../src/adapters/consul/http";
import { describeWith } from "../fakes/needs";
import { consulProbe } from "./consul-binary";
import { eventually } from "./eventually";
import { ManagedServers } from "./managed-servers";

jest.setTimeout(60_000);

describeWith("consul", consulProbe, "a whole cluster of managed servers", () => {
  const servers = new ManagedServers(["127.77.10.1", "127.77.10.2", "127.77.10.3"]);
  afterAll(() => servers.close());

  test("leaves at once: none waits for a majority that is gone to take its vote", async () => {
    const processes = await servers.startAll();
    const call = createConsulCall({ address: servers.url(0) });
    await eventually("three peers", async () => {
      const answer = await call({ method: "GET", path: "/v1/status/peers", deadlineMs: 1000 });
      return answer.status === 200 && (JSON.parse(answer.text) as string[]).length === 3;
    });
    const started = performance.now();
    await Promise.all(processes.map((consul) => consul.stop({ leave: true })));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(processes.map(({ pid }) => pid)).toEqual([undefined, undefined, undefined]);
    expect(servers.recorded.text).not.toContain("could not leave");
  });
});
