type Json = Readonly<Record<string, unknown>>;

/** There because a framework is in it. */
const inUse: Json = { name: "services", weight: 1, guarantee: {}, limit: {}, stated: false };

/** The part of the API that is about roles. */
export class FakeRoles {
  /** What was said of each, by name. */
  constructor(private readonly roles: Map<string, Json>) {}

  /** undefined: it is about something else. */
  answer(method: string | undefined, path: string, body: string): [number, unknown] | undefined {
    const asked = /^\/v1\/roles(?:\/(.+))?$/.exec(path);
    if (!asked) return undefined;
    const name = decodeURIComponent(asked[1] ?? "");
    if (method === "GET") return [200, [inUse, ...[...this.roles.values()].map(viewOf)]];
    if (method === "PUT") {
      const role = JSON.parse(body) as Json;
      this.roles.set(name, role);
      return [200, viewOf(role)];
    }
    return this.roles.delete(name)
      ? [204, undefined]
      : [404, { code: "not-found", detail: `there is no role '${name}'` }];
  }
}

function viewOf(role: Json): Json {
  return { stated: true, frameworks: [], ...role };
}
