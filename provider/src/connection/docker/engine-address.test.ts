import { isOwnMachine, parseEngineAddress } from "./engine-address";

test.each([
  ["unix:///var/run/docker.sock", { kind: "unix", path: "/var/run/docker.sock" }],
  ["tcp://10.0.0.5", { kind: "tcp", host: "10.0.0.5", port: 2376 }],
  ["tcp://docker.example:1234/", { kind: "tcp", host: "docker.example", port: 1234 }],
  ["tcp://[fd00::1]:2376", { kind: "tcp", host: "fd00::1", port: 2376 }],
  [
    "ssh://ops@10.0.0.5:2222",
    { kind: "ssh", user: "ops", host: "10.0.0.5", port: 2222, path: "/var/run/docker.sock" },
  ],
  [
    "ssh://box/run/user/1000/docker.sock",
    { kind: "ssh", user: "root", host: "box", port: 22, path: "/run/user/1000/docker.sock" },
  ],
])("%s names an engine", (text, address) => {
  expect(parseEngineAddress(text)).toEqual(address);
});

test.each([
  "",
  "/var/run/docker.sock",
  "unix://docker.sock",
  "npipe:////./pipe/docker_engine",
  "tcp://",
  "tcp://host:0",
  "tcp://host:70000",
  "tcp://user@host",
  "tcp://host/path",
  "tcp://[10.0.0.1]:2376",
  "ssh://a b",
  "ssh://-oProxyCommand=x y",
])("%j is refused", (text) => {
  expect(parseEngineAddress(text)).toBeUndefined();
});

test("only loopback is taken for this machine", () => {
  expect(["127.0.0.1", "127.8.9.1", "localhost", "::1"].map(isOwnMachine)).not.toContain(false);
  expect(["127.evil.example", "10.0.0.1", "::2"].map(isOwnMachine)).not.toContain(true);
});
