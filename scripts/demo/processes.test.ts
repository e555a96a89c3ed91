import { spawn } from "node:child_process";
import { once } from "node:events";
import { endTree, isOfNode, processes } from "./processes";

const folder = "/var/lib/covey/hello";

describe("whether a process is of a node", () => {
  it.each([
    [
      "its agent",
      "/usr/bin/node --max-semi-space-size=1 covey.js agent --config agent.json",
      `${folder}/node-1`,
    ],
    [
      "its agent whose directory is gone",
      "node covey.js agent --config agent.json",
      `${folder}/node-1 (deleted)`,
    ],
    ["its supervisor", "/bin/sh ./supervise.sh /usr/bin/node", `${folder}/node-1`],
    ["its Consul", `/usr/bin/consul agent -data-dir=${folder}/node-1/consul`, `${folder}/node-1`],
  ])("holds for %s", (_name, command, directory) => {
    expect(isOfNode({ command, directory }, folder)).toBe(true);
  });

  it.each([
    ["a shell that looks around there", "-bash", `${folder}/node-1`],
    ["a pager on its log", `tail -f ${folder}/node-1/agent.log`, "/root"],
    [
      "an agent of another cluster",
      "node covey.js agent --config agent.json",
      "/var/lib/covey/hello-2/node-1",
    ],
    ["a Consul of another cluster", "consul agent -data-dir=/var/lib/covey/hello-2/n/consul", "/"],
  ])("does not hold for %s", (_name, command, directory) => {
    expect(isOfNode({ command, directory }, folder)).toBe(false);
  });
});

describe("ending a tree of processes", () => {
  it("ends the children too", async () => {
    const root = spawn("sh", ["-c", "sleep 61.25 & echo $!; wait"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(root.stdout, "data")) as [Buffer];
    const child = Number(line.toString());
    endTree(root.pid ?? -1);
    await once(root, "close");
    expect(processes().filter(({ pid }) => pid === child)).toEqual([]);
  });
});
