/** The provider's process as go-plugin sees it, without a Terraform. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createCertificate } from "../../src/plugin/handshake/certificate";
import { bundleProvider } from "./bundle";
import { grpcCall, type GrpcAnswer } from "./grpc-call";
import { isRunning, until } from "./toy/workspace";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

describe("the process of a provider", () => {
  const terraforms = createCertificate(new Date());
  let bundle: string;
  let sockets: string;
  let child: ChildProcess;
  let stdout: string;
  let stderr: string;

  beforeAll(async () => {
    bundle = await bundleProvider(join(__dirname, "noisy/main.ts"));
  }, 60_000);
  afterAll(() => {
    rmSync(dirname(bundle), { recursive: true, force: true });
  });
  beforeEach(() => {
    sockets = mkdtempSync(join(tmpdir(), "sockets-"));
  });
  afterEach(() => {
    if (child.exitCode === null) child.kill("SIGKILL");
    rmSync(sockets, { recursive: true, force: true });
  });

  it("writes one line to stdout, the handshake, whatever the provider prints", async () => {
    const { socket } = await handshake();
    await call("ConfigureProvider");
    await until(() => stderr.includes("noise while configuring"));
    expect(stdout).toMatch(/^1\|6\|unix\|[^|\n]+\|grpc\|[A-Za-z0-9+/]+\n$/u);
    expect(stderr).toContain("noise before the handshake");
    expect(socket.startsWith(sockets)).toBe(true);
  });

  it("lets nobody else near its socket, and removes it in the end", async () => {
    const { socket } = await handshake();
    expect(statSync(socket).mode & 0o077).toBe(0);
    expect(statSync(dirname(socket)).mode & 0o077).toBe(0);
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(readdirSync(sockets)).toEqual([]);
  });

  it("ignores interrupts, and answers Shutdown before it ends at once", async () => {
    await handshake();
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect((await call("GetMetadata")).status).toBe("0");
    const exit = once(child, "exit");
    const startedMs = performance.now();
    const answer = await call("Shutdown", "plugin.GRPCController");
    expect([answer.status, (await exit)[0]]).toEqual(["0", 0]);
    // Terraform waits two seconds for the end of the process, and then kills it.
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it("ends when its parent is gone", async () => {
    const parent = start(["-e", PARENT, bundle]);
    await until(() => stdout.includes("\n"));
    const provider = Number(/^pid (\d+)$/mu.exec(stdout)?.[1]);
    expect(isRunning(provider)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !isRunning(provider));
  }, 60_000);

  it("says what it is and fails, when it is not Terraform that started it", async () => {
    start([bundle], { TF_PLUGIN_MAGIC_COOKIE: undefined });
    expect((await once(child, "close"))[0]).toBe(1);
    expect([stdout, stderr]).toEqual(["", expect.stringContaining("This is a Terraform provider")]);
  });

  /** Starts the provider and waits for its line. */
  async function handshake(): Promise<{ readonly socket: string }> {
    start([bundle]);
    await until(() => stdout.includes("\n"));
    return offered();
  }

  /** What the line says. */
  function offered(): { readonly socket: string; readonly server: string } {
    const [, , , socket = "", , certificate = ""] = stdout.trim().split("|");
    const der = Buffer.from(certificate, "base64").toString("base64");
    const server = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`;
    return { socket, server };
  }

  function start(args: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
    child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: COOKIE,
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: terraforms.pem,
        PLUGIN_UNIX_SOCKET_DIR: sockets,
        ...more,
      },
    });
    stdout = "";
    stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return child;
  }

  function call(method: string, service = "tfplugin6.Provider"): Promise<GrpcAnswer> {
    return grpcCall({ ...offered(), client: terraforms }, `/${service}/${method}`);
  }
});

/** Starts a provider as its child, says that child's number, and stays. */
const PARENT = `
  const child = require("node:child_process").spawn(process.execPath, [process.argv[1]]);
  child.stdout.once("data", () => console.log("pid " + child.pid));
  setInterval(() => undefined, 1000);
`;
