import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { LocalConnection } from "./local";
import type { Shell, ShellResult, ShellRun } from "./shell";
import { ShellConnection } from "./shell-connection";
import { ProcessShell } from "./testing/process-shell";

jest.setTimeout(30_000);

const odd = 'it\'s a "file" $HOME `id` \\ *\n-rf é';
const here = new LocalConnection();
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "covey-shell-"));
  chmodSync(directory, 0o755);
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function has(...command: readonly string[]): boolean {
  const [program = "", ...args] = command;
  return spawnSync(program, [...args, "-c", "true"]).status === 0;
}

const shells = [["sh"], ["dash"], ["busybox", "sh"], ["bash", "--posix"]].filter((command) =>
  has(...command),
);

describe.each(shells)("a machine whose shell is %s %s", (...command) => {
  const machine = new ShellConnection(new ProcessShell(command.filter((word) => word !== "")));

  test("keeps files whatever their names", async () => {
    const path = join(directory, odd);
    await machine.makeDirectory(join(path, "below"), 0o700);
    await machine.writeFile(join(path, odd), "new\0text\n", 0o640);

    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, odd)).mode & 0o777).toBe(0o640);
    expect(await machine.readFile(join(path, odd))).toBe("new\0text\n");
    expect(await machine.readTail(join(path, odd), 5)).toBe("text\n");
    expect(await machine.digest(join(path, odd))).toBe(await here.digest(join(path, odd)));
    expect([...((await machine.list(path)) ?? [])].sort()).toEqual(["below", odd].sort());
    expect(await machine.isExecutable(join(path, odd))).toBe(false);
  });

  test("answers for several files at once, in their order", async () => {
    const [a, b, none] = [join(directory, "a"), join(directory, "b"), join(directory, "none")];
    await machine.writeFile(a, "", 0o600);
    await machine.writeFile(b, "yn\n", 0o600);

    expect(await machine.readFiles([b, none, a, b])).toEqual(["yn\n", undefined, "", "yn\n"]);
    expect(await machine.digests([none, b])).toEqual([undefined, await here.digest(b)]);
    expect(await machine.readFiles([])).toEqual([]);
    expect(await machine.digests([])).toEqual([]);
  });

  test("says what is not there", async () => {
    const none = join(directory, "none");
    expect(await machine.readFile(none)).toBeUndefined();
    expect(await machine.readFile(join(none, "below"))).toBeUndefined();
    expect(await machine.readTail(none, 10)).toBeUndefined();
    expect(await machine.digest(none)).toBeUndefined();
    expect(await machine.list(none)).toBeUndefined();
    expect(await machine.findProgram("covey-no-such-program")).toBeUndefined();
    expect(await machine.isExecutable(none)).toBe(false);
    await expect(machine.remove(none)).resolves.toBeUndefined();
    expect(await machine.removeEmpty(none)).toBe(false);
  });

  test("replaces a file as a whole, and cleans up where it cannot", async () => {
    const path = join(directory, "file");
    writeFileSync(path, "old");
    await machine.writeFile(path, Buffer.from([0, 255, 10]), 0o600);
    expect(readFileSync(path)).toEqual(Buffer.from([0, 255, 10]));

    mkdirSync(join(directory, "folder/with"), { recursive: true });
    await expect(machine.writeFile(join(directory, "none/file"), "x", 0o600)).rejects.toThrow(
      /write .*none\/file on a shell of this machine: .*(No such|nonexistent|cannot create)/i,
    );
    expect(readdirSync(directory).sort()).toEqual(["file", "folder"]);
  });

  test("removes directories with all in them, and empty ones only where asked so", async () => {
    mkdirSync(join(directory, odd, "below"), { recursive: true });
    expect(await machine.removeEmpty(join(directory, odd))).toBe(false);
    await machine.remove(join(directory, odd));
    mkdirSync(join(directory, "empty"));
    expect(await machine.removeEmpty(join(directory, "empty"))).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("takes a program in, packed on the way or not", async () => {
    const program = join(directory, "from");
    writeFileSync(program, randomBytes(3_000_000));
    for (const compress of [true, false]) {
      const shell = new ProcessShell(command.filter((word) => word !== ""));
      const to = join(directory, `to-${compress}`);
      await new ShellConnection(shell, { compress }).placeProgram(program, to);
      expect(readFileSync(to).equals(readFileSync(program))).toBe(true);
      expect(statSync(to).mode & 0o777).toBe(0o755);
    }
    await expect(machine.copyIn(join(directory, "none"), "/x", 0o600)).rejects.toThrow(/ENOENT/);
  });

  test("runs programs, and tells how they ended", async () => {
    const script = 'printf "%s|" "$@"; echo bad >&2; exit 3';
    const result = await machine.run("/bin/sh", ["-c", script, "sh", odd, ""]);
    expect(result).toEqual({ code: 3, stdout: `${odd}||`, stderr: "bad\n" });
    expect(await machine.run("covey-no-such-program", [])).toMatchObject({ code: 127 });
    expect(await machine.findProgram("sh")).toMatch(/^\/.*\/sh$/);
    expect(await machine.isExecutable("/bin/sh")).toBe(true);
  });

  test("starts what outlives it, finds it and ends it", async () => {
    const mark = `covey-${randomBytes(8).toString("hex")}`;
    const script = "echo begun > begun; while :; do sleep 1; done";
    await machine.spawnDetached("/bin/sh", ["-c", script, mark], directory);
    await waitFor(() => existsSync(join(directory, "begun")));
    const [found] = (await machine.findByCommandLine(mark)).filter(
      ({ words }) => words.at(-1) === mark && words.at(-2) === script,
    );
    expect(found?.words).toEqual(["/bin/sh", "-c", script, mark]);
    const pid = found?.pid ?? 0;
    const [stat] = await machine.readFiles([`/proc/${pid}/stat`]);
    expect(stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[3]).toBe(String(pid));
    expect(await machine.signal(pid, "KILL")).toBe(true);
    // A zombie has no command line any more.
    await waitFor(() => readFileSync(`/proc/${pid}/cmdline`, "utf8") === "");
    expect(await machine.signal(2 ** 22 + 1, "KILL")).toBe(false);
    expect(readFileSync(join(directory, "begun"), "utf8")).toBe("begun\n");
    await expect(machine.spawnDetached("/no/program", [], directory)).rejects.toThrow(/not found/);
  });

  test("knows its addresses, its ports, and what it is", async () => {
    const tcp = createTcpServer();
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket("udp4");
    await new Promise<void>((resolve) => udp.bind(port, "0.0.0.0", resolve));
    try {
      expect(await machine.whyPortTaken("127.0.0.1", port, "tcp")).toBe("it is in use");
      expect(await machine.whyPortTaken("127.0.0.2", port, "tcp")).toBeUndefined();
      expect(await machine.whyPortTaken("127.0.0.2", port, "udp")).toBe("it is in use");
    } finally {
      tcp.close();
      udp.close();
    }
    expect(await machine.whyPortTaken("192.0.2.1", port, "tcp")).toMatch(/not have the address/);
    // Node.js leaves out the addresses of interfaces without a carrier.
    expect(await machine.addresses()).toEqual(
      expect.arrayContaining([...(await here.addresses())]),
    );
    expect(await machine.platform()).toEqual({ os: process.platform, arch: process.arch });
  });
});

test("a refusal is told apart from an absence", async () => {
  const closed = join(directory, "closed");
  mkdirSync(join(closed, "folder"), { recursive: true });
  writeFileSync(join(closed, "file"), "secret");
  writeFileSync(join(directory, "unreadable"), "secret", { mode: 0o600 });
  chmodSync(closed, 0o700);
  const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh"];
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) chmodSync(closed, 0o000);
  if (!isRoot) chmodSync(join(directory, "unreadable"), 0o000);
  const machine = new ShellConnection(new ProcessShell(isRoot ? nobody : ["sh"]));
  for (const act of [
    machine.readFile(join(closed, "file")),
    machine.readFile(join(directory, "unreadable")),
    machine.digest(join(closed, "none")),
    machine.list(join(closed, "folder")),
    machine.readTail(join(closed, "file"), 10),
    machine.writeFile(join(closed, "new"), "x", 0o600),
    machine.remove(join(closed, "file")),
  ])
    await expect(act).rejects.toThrow(/denied|cannot create/i);
  chmodSync(closed, 0o700);
});

describe("what comes in cut short", () => {
  test("does not take the place of what was there", async () => {
    const path = join(directory, "file");
    writeFileSync(path, "old");
    const broken = new CuttingShell();
    const machine = new ShellConnection(broken, { compress: false });
    const from = join(directory, "from");
    writeFileSync(from, "0123456789");
    await expect(machine.copyIn(from, path, 0o600)).rejects.toThrow(/only 4 of 10 bytes arrived/);
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(directory).sort()).toEqual(["file", "from"]);
  });

  test("an answer that ends early is an error, not a missing file", async () => {
    const path = join(directory, "file");
    writeFileSync(path, "text");
    const machine = new ShellConnection(new CuttingShell());
    await expect(machine.readFiles([path, path])).rejects.toThrow(/cut short/);
    await expect(machine.digests([path])).rejects.toThrow(/not a list of SHA-256/);
  });
});

test("a step that does not end in time is named", async () => {
  const machine = new ShellConnection(new ProcessShell());
  await expect(machine.run("sleep", ["60"], 100)).rejects.toMatchObject({ step: "run sleep" });
});

test("a directory's odd entries are all listed", async () => {
  writeFileSync(join(directory, ".hidden"), "");
  writeFileSync(join(directory, "..two"), "");
  symlinkSync("/nowhere", join(directory, "dangling"));
  const machine = new ShellConnection(new ProcessShell());
  const names = await machine.list(directory);
  expect([...(names ?? [])].sort()).toEqual(["..two", ".hidden", "dangling"]);
  mkdirSync(join(directory, "empty"));
  expect(await machine.list(join(directory, "empty"))).toEqual([]);
});

test("Docker's engine is spoken to through the machine's socket", async () => {
  const socket = join(directory, "docker.sock");
  const asked: string[] = [];
  const engine = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.setHeader("content-type", "application/json");
    response.end(request.url === "/_ping" ? "OK" : "[]");
  });
  await new Promise<void>((resolve) => engine.listen(socket, resolve));
  try {
    const machine = new ShellConnection(new ProcessShell());
    expect(await machine.engine(socket).whyDown()).toBeUndefined();
    expect(await machine.engine(socket).networks()).toEqual([]);
    expect(asked).toEqual(["GET /_ping", "GET /networks"]);
    expect(await machine.engine(join(directory, "none")).whyDown()).toMatch(/ENOENT/);
  } finally {
    engine.close();
  }
});

test("the cache directory is the user's", async () => {
  const of = (env: NodeJS.ProcessEnv): Promise<string> =>
    new ShellConnection(new ProcessShell(["sh"], env)).cacheDirectory();
  const { PATH } = process.env;
  expect(await of({ PATH, HOME: "/home/a b" })).toBe("/home/a b/.cache");
  expect(await of({ PATH, HOME: "/root", XDG_CACHE_HOME: "/var/cache/x" })).toBe("/var/cache/x");
  expect(await of({ PATH, HOME: "/root", XDG_CACHE_HOME: "relative" })).toBe("/root/.cache");
});

/** Loses all but the first four bytes of what is sent, and half of what is answered. */
class CuttingShell extends ProcessShell implements Shell {
  override async run(
    script: string,
    args: readonly string[],
    options: ShellRun,
  ): Promise<ShellResult> {
    const { stdin, ...rest } = options;
    let sent = Buffer.alloc(0);
    if (stdin instanceof Readable)
      for await (const chunk of stdin) sent = Buffer.concat([sent, chunk as Buffer]);
    const result = await super.run(script, args, { ...rest, stdin: sent.subarray(0, 4) });
    const half = Math.floor(result.stdout.length / 2);
    return { ...result, stdout: result.stdout.subarray(0, half) };
  }
}

async function waitFor(holds: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!holds() && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test("digests are SHA-256", async () => {
  const path = join(directory, "file");
  writeFileSync(path, "text");
  const expected = createHash("sha256").update("text").digest("hex");
  expect(await new ShellConnection(new ProcessShell()).digest(path)).toBe(expected);
});
