import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { FakeControl } from "../../../test/fakes/control";
import { digestedText } from "../../contract/index";
import type { ServiceSpec } from "../../model/service";
import { masterRoutes } from "./master-routes";
import { ProblemError } from "./problems";

const token = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const web = { name: "web", image: "web:1", instances: 1, cpus: 0.1, memMiB: 32 };
const secretive = {
  registryAuth: { username: "u", password: "hunter2" },
  secrets: { DB: "hunter3" },
};

function answer(method: string, url: string, body?: unknown, as = token): Promise<unknown> {
  const route = masterRoutes.find((one) => one.method === method && one.url === url);
  const headers = { authorization: `Bearer ${as}` };
  const request = {
    body,
    query: {},
    params: { name: "web" },
    headers,
  } as unknown as FastifyRequest;
  // As under the server, whatever is thrown on the spot is an answer too.
  return Promise.resolve().then(() => route?.answer(control, request, control));
}

const put = (provision: unknown, as?: string): Promise<unknown> =>
  answer("PUT", "/v1/services/:name", { ...web, provision }, as);

let control: FakeControl;
let stored: ServiceSpec[];

beforeEach(() => {
  control = new FakeControl();
  stored = [];
  const taken = control.putService.bind(control);
  control.putService = (spec) => {
    stored.push(spec);
    return taken(spec);
  };
});

describe("secrets of a service", () => {
  it("are stored with digests that the cluster's token alone makes", async () => {
    await put(secretive);
    const digest = (what: string, value: string): string =>
      createHmac("sha256", token)
        .update(digestedText("web", what, value))
        .digest("hex");
    expect(stored[0]?.provision).toEqual({
      registryAuth: {
        username: "u",
        password: { value: "hunter2", digest: digest("registry password", "hunter2") },
      },
      secrets: [{ name: "DB", value: "hunter3", digest: digest("secret DB", "hunter3") }],
    });
    await put(secretive, "another");
    expect(stored[1]?.provision?.secrets?.[0]?.digest).not.toBe(digest("secret DB", "hunter3"));
  });

  it("are in no answer", async () => {
    const answers = [
      await put(secretive),
      await answer("GET", "/v1/services"),
      await answer("GET", "/v1/services/:name"),
    ];
    expect(JSON.stringify(answers)).toContain('"name":"DB","digest":');
    expect(JSON.stringify(answers)).not.toMatch(/hunter/);
  });

  it.each([
    ["a password", { registryAuth: { username: "u", password: ["hunter2"] } }],
    ["a secret", { secrets: { DB: ["hunter2"] } }],
    ["what is too large", { secrets: { DB: "hunter2".repeat(10_000) } }],
  ])("are not in the refusal of %s that is none", async (_what, provision) => {
    const refused = await put(provision).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(JSON.stringify((refused as ProblemError).problem)).toMatch(/provision\.(secrets|reg)/);
    expect(JSON.stringify((refused as ProblemError).problem)).not.toContain("hunter");
  });
});
