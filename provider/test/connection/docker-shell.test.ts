/** A shell in a container, against the real engine. */
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { waitFor } from "../../../scripts/wait";
import { InstallError } from "../../src/connection";
import { DockerShell } from "../../src/connection/docker/docker-shell";
import { outerEngine, useNodeImage } from "./node-image";

const container = "covey-dk-shell";
const deadlineMs = 20_000;

describeWith("docker", dockerProbe, "a shell in a container", () => {
  const image = useNodeImage();
  const engine = outerEngine();
  const shell = new DockerShell(() => engine.client(), container);

  beforeAll(async () => {
    const docker = await engine.client();
    const made = await docker.createContainer({
      name: container,
      Image: image(),
      Cmd: ["sleep", "600"],
      HostConfig: { Init: true },
    });
    await made.start();
  }, 60_000);

  afterAll(async () => {
    await (await engine.client()).getContainer(container).remove({ force: true });
  });

  it("gives exit code, standard output and standard error, each apart", async () => {
    const script = 'printf "%s|" "$@"; echo why >&2; exit 7';
    const result = await shell.run(script, ["a b", "", "$c"], { step: "try", deadlineMs });
    expect(result).toEqual({ code: 7, stdout: Buffer.from("a b||$c|"), stderr: "why\n" });
  });

  it("takes and gives 10 MB of any bytes unchanged", async () => {
    const bytes = randomBytes(10 * 1024 * 1024);
    const chunks = Array.from({ length: 160 }, (_, index) =>
      bytes.subarray(index * 65_536, (index + 1) * 65_536),
    );
    const { stdout } = await shell.run("cat", [], {
      step: "copy",
      stdin: Readable.from(chunks),
      deadlineMs,
    });
    expect(sha256(stdout)).toBe(sha256(bytes));
  });

  it("ends with the program, also when that leaves its input unread", async () => {
    const stdin = randomBytes(4 * 1024 * 1024);
    const result = await shell.run("exit 3", [], { step: "leave", stdin, deadlineMs });
    expect(result.code).toBe(3);
  });

  it("tells of an input that breaks, instead of sending half of it as if it were all", async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from("half");
        throw new Error("the disk is gone");
      })(),
    );
    const running = shell.run("cat", [], { step: "copy it", stdin: broken, deadlineMs });
    await expect(running).rejects.toThrow(/copy it on container covey-dk-shell: the disk is gone/);
  });

  it("keeps to its deadline, and ends the program that did not", async () => {
    const mark = `3${String(process.pid)}`;
    const running = shell.run('sleep "$1"', [mark], { step: "nap", deadlineMs: 300 });
    await expect(running).rejects.toThrow(/nap on container .*: it did not end within 0.3 s/);
    await waitFor({ what: "the program to be ended", deadlineMs: 10_000 }, async () => {
      const { stdout } = await shell.run("ps ax -o args", [], { step: "look", deadlineMs });
      return stdout.toString().includes(`sleep ${mark}\n`) ? undefined : true;
    });
  }, 20_000);

  it("refuses an answer that is too long", async () => {
    const limits = { step: "pour", deadlineMs, maxOutputBytes: 100_000 };
    await expect(shell.run("cat /dev/zero", [], limits)).rejects.toThrow(
      /longer than 100000 bytes/,
    );
  });

  it("leaves a program running that was started in a session of its own", async () => {
    const script = 'setsid sh -c "sleep 0.5; echo done > /tmp/mark" < /dev/null > /dev/null 2>&1 &';
    const { code: started } = await shell.run(script, [], { step: "start", deadlineMs });
    expect(started).toBe(0);
    await waitFor({ what: "its mark", deadlineMs: 10_000 }, async () => {
      const { code } = await shell.run("test -s /tmp/mark", [], { step: "look", deadlineMs });
      return code === 0 ? true : undefined;
    });
  }, 20_000);

  it("names step and container where there is no such container", async () => {
    const gone = new DockerShell(() => engine.client(), "covey-dk-nobody");
    const running = gone.run("true", [], { step: "greet", deadlineMs });
    await expect(running).rejects.toThrow(InstallError);
    await expect(running).rejects.toThrow(
      /greet on container covey-dk-nobody: .*No such container/,
    );
  });
});

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
