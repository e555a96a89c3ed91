import { nodePaths, runtimePath } from "./node-paths";
import { unitName, unitText } from "./systemd-unit";

const name = { cluster: "prod", node: "n1" };
const hash = "a".repeat(64);

function unit(directory: string, version = 252): string {
  const paths = nodePaths(directory);
  return unitText(name, paths, runtimePath(paths, hash), version);
}

test("a node's unit runs its agent after Docker, and again when it dies", () => {
  expect(unitName(name)).toBe("covey-prod-n1.service");
  expect(unit("/var/lib/covey/prod/n1")).toBe(`# Runs node n1 of Covey cluster prod.
[Unit]
Description=Covey agent of node n1, cluster prod
After=network-online.target docker.service
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
WorkingDirectory=/var/lib/covey/prod/n1
Environment=MALLOC_ARENA_MAX=1 NODE_OPTIONS=--max-semi-space-size=1
ExecStart="/var/lib/covey/prod/n1/node-${hash}" "--optimize-for-size" "/var/lib/covey/prod/n1/covey.js" "agent" "--config" "/var/lib/covey/prod/n1/agent.json"
UMask=0077
LimitNOFILE=65536
KillMode=process
TimeoutStopSec=15
Restart=on-failure
RestartSec=1

[Install]
WantedBy=multi-user.target
`);
});

test("a systemd that knows it lets the delay grow", () => {
  expect(unit("/d", 254)).toContain("RestartSec=1\nRestartSteps=5\nRestartMaxDelaySec=30\n");
});

test("what systemd would take for a specifier is escaped", () => {
  expect(unit("/data/100% mine")).toContain('ExecStart="/data/100%% mine/node-');
  expect(unit("/data/100% mine")).toContain("WorkingDirectory=/data/100%% mine\n");
});

test.each(["/a\nExecStart=/bin/evil", '/a"b', "/a\\b", "/a$b", "/a'b"])(
  "a directory that a unit cannot name is refused: %j",
  (directory) => {
    expect(() => unit(directory)).toThrow(/give the node a data_dir without it/);
  },
);
