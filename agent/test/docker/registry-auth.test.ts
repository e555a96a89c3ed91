/** A registry that wants to know who asks. */
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, docker, engineProbe } from "./engine";
import { TestRegistry, registryProbe } from "./registry";

jest.setTimeout(120_000);

const right = { username: "someone", password: "right" };

describeWith(
  "docker-registry",
  () => engineProbe() ?? registryProbe(),
  "a registry with users",
  () => {
    const engine = new TestEngine("auth", "127.77.3.22");
    const containers = engine.connect();
    const registry = new TestRegistry("127.77.3.22", 31831, true);
    let image: string;

    beforeAll(async () => {
      buildTestImage();
      await registry.start();
      image = await registry.push("covey-test-busybox:1", "private:1");
    });
    afterEach(() => {
      if (docker("images", "--quiet", image) !== "") docker("rmi", "--force", image);
    });
    afterAll(async () => {
      engine.cleanUp();
      await registry.stop();
    });

    it("gives its image to who says the right password, which stays out of the container", async () => {
      await containers.ensureImage({ image, always: false, auth: right });
      const registryAuth = {
        username: "someone",
        password: { value: "not-to-be-seen", digest: "d" },
      };
      const spec = engine.task("private", { image, provision: { registryAuth } });
      await containers.create(spec);
      expect(JSON.stringify(engine.inspect(spec, "."))).not.toContain("not-to-be-seen");
      engine.cleanUp();
    });

    it.each([
      [
        "a wrong password",
        { ...right, password: "wrong-7391" },
        /refuses user 'someone'.*registry_auth/,
      ],
      ["nobody's name", undefined, /wants to know who asks.*give the service registry_auth/],
    ])("refuses %s in words that say so, and without it", async (_who, auth, message) => {
      const refused = await containers
        .ensureImage({ image, always: false, auth })
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ fault: "image-not-found" });
      expect(String(refused)).toMatch(message);
      expect(String(refused)).not.toContain("wrong-7391");
    });

    it("is asked by each with his own credentials, though both want one image at one time", async () => {
      const wrong = { ...right, password: "wrong" };
      const outcomes = await Promise.allSettled([
        containers.ensureImage({ image, always: true, auth: wrong }),
        containers.ensureImage({ image, always: true, auth: right }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    });
  },
);
