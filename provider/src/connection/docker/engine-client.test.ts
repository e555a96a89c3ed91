import { Agent } from "node:http";
import { clientOptions } from "./engine-client";

const remote = { kind: "tcp", host: "10.0.0.5", port: 2376 } as const;

test("an engine over TCP is spoken to in TLS, with the system's authorities where none is given", () => {
  expect(clientOptions(remote, {}, undefined)).toMatchObject({ protocol: "https", port: 2376 });
  const tls = { ca: "CA", cert: "CERT", key: "KEY" };
  expect(clientOptions(remote, tls, undefined)).toMatchObject({ protocol: "https", ...tls });
});

test("without TLS only on this machine, and only where nothing of TLS is given", () => {
  const own = { ...remote, host: "127.0.0.1" };
  expect(clientOptions(own, {}, undefined)).toMatchObject({ protocol: "http" });
  expect(clientOptions(own, { ca: "CA" }, undefined)).toMatchObject({ protocol: "https" });
});

test("whatever DOCKER_HOST says, it is the engine asked for", () => {
  const socket = clientOptions({ kind: "unix", path: "/run/d.sock" }, {}, undefined);
  expect(socket).toEqual(expect.objectContaining({ socketPath: "/run/d.sock", host: undefined }));
  expect("host" in socket).toBe(true);
  const agent = new Agent();
  const ssh = { kind: "ssh", user: "u", host: "h", port: 22, path: "/run/d.sock" } as const;
  expect(clientOptions(ssh, {}, agent)).toMatchObject({ protocol: "http", agent });
});
