import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { repository } from "./paths";

interface LeftOut {
  readonly filter: RegExp;
  readonly because: string;
  /** What is exported in its place: it is made when the library is loaded, and must complain only when it is used. */
  readonly stub: (complaint: string) => string;
}

const throws = (complaint: string): string =>
  `() => { throw new Error(${JSON.stringify(complaint)}); }`;

/** Parts of libraries that are never used here but would cost memory and start-up time in every agent and provider. */
const leftOut: readonly LeftOut[] = [
  {
    filter: /docker-modem[\\/]lib[\\/]ssh\.js$/,
    because:
      "Docker is reached over a socket; over SSH the socket is forwarded (provider/src/connection/ssh)",
    stub: throws,
  },
  {
    filter: /dockerode[\\/]lib[\\/](session|buildkit)\.js$/,
    because: "no images are built here; it would bring a second grpc and protobuf",
    stub: throws,
  },
  {
    filter: /cpu-features[\\/]lib[\\/]index\.js$/,
    because: "it is compiled for one machine; ssh2 does without",
    stub: throws,
  },
  {
    filter: /@fastify[\\/](ajv-compiler|fast-json-stringify-compiler)[\\/]index\.js$/,
    because: "routes have no JSON schemas: the contract's zod schemas check what comes in",
    stub: (complaint) => `() => ${throws(complaint)}`,
  },
];

const withoutLeftOut: Plugin = {
  name: "without-left-out",
  setup(esbuild) {
    for (const { filter, because, stub } of leftOut)
      esbuild.onLoad({ filter }, ({ path }) => {
        const name = path.split("node_modules/").at(-1) ?? path;
        const complaint = `${name} is left out of this bundle: ${because}`;
        return { contents: `module.exports = ${stub(complaint)};`, loader: "js" };
      });
  },
};

export function bundleAgent(to: string): Promise<void> {
  return bundle(join(repository, "agent/src/main.ts"), to);
}

export function bundleProvider(to: string): Promise<void> {
  return bundle(join(repository, "provider/src/main.ts"), to);
}

/** One executable file with everything in it but Node itself. */
async function bundle(entry: string, to: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: `${to}.new`,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Names stay: stack traces can be read, errors keep their classes' names, and the agent takes 12 MB less than with
    // esbuild's keepNames.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    banner: { js: "#!/usr/bin/env node" },
    alias: Object.fromEntries(
      ["client", "contract"].map((door) => [
        `@covey/agent/${door}`,
        join(repository, `agent/src/${door}/index.ts`),
      ]),
    ),
    loader: { ".proto": "text" },
    // ssh2 asks for compiled parts of its own, and does without where they are not found.
    external: ["*.node"],
    plugins: [withoutLeftOut],
    logLevel: "silent",
  });
  chmodSync(`${to}.new`, 0o755);
  renameSync(`${to}.new`, to);
}
