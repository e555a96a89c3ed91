import { chmodSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { LibrariesBeside } from "./libraries-beside";
import { repository } from "./paths";

interface LeftOut {
  readonly filter: RegExp;
  readonly because: string;
  /** What is exported in its place: it is made when the library is loaded, and must complain only when it is used. */
  readonly stub: (complaint: string) => string;
}

const isCompiled = "it is compiled for one platform; ssh2 does without it, in JavaScript";

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
    filter: /@fastify[\\/](ajv-compiler|fast-json-stringify-compiler)[\\/]index\.js$/,
    because: "routes have no JSON schemas: the contract's zod schemas check what comes in",
    stub: (complaint) => `() => ${throws(complaint)}`,
  },
  {
    filter: /cpu-features[\\/]lib[\\/]index\.js$/,
    because: isCompiled,
    stub: throws,
  },
  {
    filter: /sshcrypto\.node$/,
    because: isCompiled,
    stub: (complaint) => `(${throws(complaint)})()`,
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

/** One executable file with everything in it but Node itself. */
export async function bundleAgent(to: string): Promise<void> {
  await bundleProgram(join(repository, "agent/src/main.ts"), to);
}

/**
 * The provider's own code in one executable file, and beside it `lib/`: the npm packages it uses, one file each, which
 * are loaded where they are first needed.
 */
export async function bundleProvider(to: string): Promise<void> {
  const libraries = new LibrariesBeside();
  const bundled = await bundleProgram(join(repository, "provider/src/main.ts"), to, [
    libraries.plugin,
  ]);
  const folder = join(dirname(to), "lib");
  rmSync(`${folder}.new`, { recursive: true, force: true });
  await Promise.all(
    libraries
      .usedIn(bundled)
      .map(({ entry, file }) =>
        build({ ...common, entryPoints: [entry], outfile: join(`${folder}.new`, file) }),
      ),
  );
  rmSync(folder, { recursive: true, force: true });
  renameSync(`${folder}.new`, folder);
}

const common: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Names stay: stack traces can be read, errors keep their classes' names, and the agent takes 12 MB less than with
  // esbuild's keepNames.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  alias: Object.fromEntries(
    ["client", "contract"].map((door) => [
      `@covey/agent/${door}`,
      join(repository, `agent/src/${door}/index.ts`),
    ]),
  ),
  loader: { ".proto": "text" },
  plugins: [withoutLeftOut],
  logLevel: "silent",
};

/** `entry` with all it imports, as one executable file. */
export async function bundleProgram(
  entry: string,
  to: string,
  plugins: readonly Plugin[] = [],
): Promise<Metafile> {
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    outfile: `${to}.new`,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [withoutLeftOut, ...plugins],
    metafile: true,
  });
  chmodSync(`${to}.new`, 0o755);
  renameSync(`${to}.new`, to);
  return metafile;
}
