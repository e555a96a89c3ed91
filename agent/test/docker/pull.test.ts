/** Images from a real registry: how often it is asked, and what those who wait hear. */
import { connectDocker } from "../../src/adapters/docker/docker";
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, docker, engineProbe, eventually } from "./engine";
import { TestRegistry, registryProbe } from "./registry";

jest.setTimeout(120_000);

const busybox = "covey-test-busybox:1";

describeWith(
  "docker-registry",
  () => engineProbe() ?? registryProbe(),
  "a pull",
  () => {
    const engine = new TestEngine("pull", "127.77.3.21");
    const containers = connectDocker({ ...engine.options(), pullToldEveryMs: 10 });
    const registry = new TestRegistry("127.77.3.21", 31821);
    const made: string[] = [];

    beforeAll(async () => {
      buildTestImage();
      await registry.start();
    });
    afterEach(() => {
      for (const image of made.splice(0)) docker("rmi", "--force", image);
    });
    afterAll(async () => {
      engine.cleanUp();
      await registry.stop();
    });

    /** An image with a layer that no engine has yet. */
    async function freshImage(name: string, word: string): Promise<string> {
      const local = `covey-test-fresh-${process.pid}:1`;
      const id = docker("create", busybox, "sh", "-c", `head -c 3000000 /dev/urandom > /${word}`);
      docker("start", "--attach", id);
      docker("commit", id, local);
      docker("rm", id);
      const image = await registry.push(local, name);
      docker("rmi", "--force", local);
      made.push(image);
      return image;
    }

    function manifestsAsked(): number {
      return registry.asked.filter((line) => line.includes("/manifests/1")).length;
    }

    it("is one however many tasks want the image, and all of them hear how far it is", async () => {
      const image = await freshImage("shared:1", "one");
      const release = registry.hold();
      const heard: string[][] = [[], [], []];
      const done = Promise.all(
        heard.map((said) =>
          containers.ensureImage({ image, always: false }, (line) => said.push(line)),
        ),
      );
      try {
        await eventually("all to hear of bytes", 30_000, () =>
          heard.every((said) => / layers, \d\.\d of \d\.\d MiB/.test(said.at(-1) ?? ""))
            ? true
            : undefined,
        );
      } finally {
        release();
      }
      await done;
      expect(heard.map((said) => said[0])).toEqual(Array(3).fill(`pulling image ${image}`));
      const asked = manifestsAsked();
      await containers.ensureImage({ image, always: false });
      expect(manifestsAsked()).toBe(asked);
      // HEAD and GET of one pull, by digest or by name; a second pull would ask by name again.
      expect(
        registry.asked.filter(
          (line) => line.includes("HEAD") || line.startsWith("GET /v2/shared/manifests/1"),
        ).length,
      ).toBeLessThanOrEqual(2);
    });

    it("that is asked for always gets what the registry has now", async () => {
      const image = await freshImage("moving:1", "before");
      await containers.ensureImage({ image, always: true });
      const before = docker("image", "inspect", "--format", "{{.Id}}", image);
      await freshImage("moving:1", "after");
      docker("tag", before, image);
      await containers.ensureImage({ image, always: false });
      expect(docker("image", "inspect", "--format", "{{.Id}}", image)).toBe(before);
      await containers.ensureImage({ image, always: true });
      expect(docker("image", "inspect", "--format", "{{.Id}}", image)).not.toBe(before);
      docker("rmi", "--force", before);
    });

    it("that is asked for always fails where the registry does not answer, though the image is there", async () => {
      const image = await freshImage("gone:1", "gone");
      await containers.ensureImage({ image, always: false });
      await registry.refuse();
      try {
        await expect(containers.ensureImage({ image, always: false })).resolves.toBeUndefined();
        const refused = await containers
          .ensureImage({ image, always: true })
          .catch((error: unknown) => error);
        expect(refused).toMatchObject({ fault: "image-not-found" });
        expect(String(refused)).toMatch(/could not be pulled to node n1: .*set pull to 'missing'/);
      } finally {
        await registry.listen();
      }
    });
  },
);
