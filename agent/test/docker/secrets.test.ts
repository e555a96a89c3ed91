/** Secrets of a task on a real engine: who can read them, where they are, and when they go. */
import { existsSync, readdirSync, statSync } from "node:fs";
import type { TaskSpec } from "../../src/model/task";
import type { Containers } from "../../src/ports/containers";
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, docker, engineProbe, eventually } from "./engine";

jest.setTimeout(60_000);

const value = "not-to-be-seen-7391";

function rootProbe(): string | undefined {
  return process.getuid?.() === 0 ? engineProbe() : "secrets need root, as an agent is";
}

describeWith("docker", rootProbe, "secrets of a task", () => {
  const engine = new TestEngine("secrets", "127.77.3.31");
  const containers = engine.connect();

  beforeAll(() => buildTestImage());
  afterEach(async () => {
    engine.cleanUp();
    await containers.list();
  });

  function task(id: string, more: Partial<TaskSpec> = {}): TaskSpec {
    return engine.task(id, {
      command: [
        "sh",
        "-c",
        "cat /run/secrets/*; stat -c '%a %u %n' /run/secrets/*; touch /run/secrets/new; id -u; sleep 600",
      ],
      provision: {
        secrets: [
          { name: "DB", value, digest: "d" },
          { name: "tls.key", value: "two\nlines\n", digest: "e" },
        ],
      },
      ...more,
    });
  }

  async function run(spec: TaskSpec, by: Containers = containers): Promise<string> {
    const id = await by.create(spec);
    await by.look(spec.id);
    await by.start(id);
    return id;
  }

  function source(spec: TaskSpec): string {
    const mounts = engine.inspect(spec, ".Mounts") as readonly { readonly Source: string }[];
    return mounts[0]?.Source ?? "";
  }

  const said = (id: string): Promise<string> =>
    eventually("its words", 10_000, () => {
      const words = docker("logs", id);
      return /^\d+$/m.test(words.split("\n").at(-1) ?? "") ? words : undefined;
    });

  it.each([
    ["of root", undefined, 0],
    ["of a number", "1234:99", 1234],
  ])(
    "are files that a process %s alone may read, in memory and nowhere else",
    async (_of, user, uid) => {
      const spec = task("files", user === undefined ? {} : { container: { user } });
      const id = await run(spec);
      const words = await said(id);
      expect(words).toContain(`${value}two\nlines\n`);
      expect(words).toContain(`400 ${uid} /run/secrets/DB\n400 ${uid} /run/secrets/tls.key\n`);
      expect(docker("exec", id, "sh", "-c", "ls /run/secrets")).toBe("DB\ntls.key");
      expect(JSON.stringify(engine.inspect(spec, "."))).not.toContain(value);
      expect((await containers.look(spec.id))?.spec.provision).toBeUndefined();
      const directory = source(spec);
      expect(
        docker(
          "run",
          "--rm",
          "-v",
          `${directory}:/s`,
          "covey-test-busybox:1",
          "stat",
          "-f",
          "-c",
          "%T",
          "/s",
        ),
      ).toBe("tmpfs");
      expect(statSync(directory).mode & 0o777).toBe(0o500);
      await containers.remove(id);
      expect(existsSync(directory)).toBe(false);
    },
  );

  it("are the image's user's, where it names one", async () => {
    const image = `covey-test-user-${process.pid}:1`;
    const made = docker(
      "create",
      "covey-test-busybox:1",
      "sh",
      "-c",
      "mkdir -p /etc; echo web:x:4321:1::/: > /etc/passwd",
    );
    docker("start", "--attach", made);
    docker("commit", "--change", "USER web", made, image);
    docker("rm", made);
    try {
      const id = await run(task("named", { image }));
      expect(await said(id)).toContain("400 4321 /run/secrets/DB\n");
      const refused = task("nobody", { image, container: { user: "nosuch" } });
      await expect(run(refused)).rejects.toMatchObject({
        fault: "refused",
        message: /user 'nosuch'.*container.user/,
      });
      engine.cleanUp();
    } finally {
      docker("rmi", "--force", image);
    }
  });

  it("stay while an agent is away, go with the container another one removes, and are swept where it is gone", async () => {
    const kept = task("kept");
    const lost = task("lost");
    await run(kept);
    await run(lost);
    const directories = [source(kept), source(lost)];
    const next = engine.connect();
    await next.list();
    expect(directories.map((directory) => readdirSync(directory).length)).toEqual([2, 2]);
    docker("rm", "--force", `covey-${lost.id}`);
    await next.list();
    expect(directories.map((directory) => existsSync(directory))).toEqual([true, false]);
    await next.remove((await next.look(kept.id))?.id ?? "");
    expect(existsSync(directories[0] ?? "")).toBe(false);
  });
});
