import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, run } from "../command";
import { hashOf } from "../hash";
import { dockerSocket } from "../paths";
import { ensureMmdebstrap } from "./mmdebstrap";

const label = "covey.made-from";
const suite = "bookworm";
const docker = ["-H", `unix://${dockerSocket}`];
const buildDeadlineMs = 600_000;

/** An image of Debian packages. */
export interface DebianImage {
  readonly name: string;
  /** The files it is described in: it is built anew when one of them changes. */
  readonly describedIn: readonly string[];
  readonly packages: readonly string[];
  /** Removed when all are installed; below `/usr/bin`. */
  readonly unused?: readonly string[];
  /** From where here to which absolute path there, executable by all. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** As `docker import --change` takes them. */
  readonly changes: readonly string[];
}

/** Not needed to read by anybody in a container. Java's packages fail where man1 is missing. */
const leftOut = [
  "path-exclude=/usr/share/doc/*",
  "path-exclude=/usr/share/info/*",
  "path-exclude=/usr/share/locale/*",
  "path-exclude=/usr/share/man/*",
  "path-include=/usr/share/man/man1",
];

/** Builds the image out of Debian packages and puts it into this machine's engine, unless it is of this recipe already. */
export async function ensureDebianImage(
  image: DebianImage,
  say: (line: string) => void,
): Promise<string> {
  const { name } = image;
  const wanted = hashOf([__filename, ...image.describedIn]).slice(0, 12);
  const format = `{{index .Config.Labels "${label}"}}`;
  const seen = await attempt("docker", [...docker, "image", "inspect", "-f", format, name]);
  if (seen.stdout.trim() === wanted) return name;
  await ensureMmdebstrap(say);
  say(`building image ${name} from Debian packages (about a minute)`);
  const work = mkdtempSync(join(tmpdir(), "covey-image-"));
  try {
    const archive = join(work, "image.tar");
    await run("mmdebstrap", [...recipe(image), suite, archive], { deadlineMs: buildDeadlineMs });
    const changes = [`LABEL ${label}=${wanted}`, ...image.changes];
    await run(
      "docker",
      [...docker, "import", ...changes.flatMap((one) => ["--change", one]), archive, name],
      { deadlineMs: buildDeadlineMs },
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return name;
}

function recipe({ packages, unused = [], scripts = {} }: DebianImage): readonly string[] {
  const removed = unused.map((one) => `"$1/usr/bin/${one}"`).join(" ");
  const hooks = [
    ...(unused.length === 0 ? [] : [`rm -f ${removed}`]),
    ...Object.entries(scripts).map(([here, there]) => `install -D -m 755 "${here}" "$1${there}"`),
  ];
  return [
    "--variant=minbase",
    `--include=${packages.join(",")}`,
    '--aptopt=APT::Install-Recommends "false"',
    ...leftOut.map((option) => `--dpkgopt=${option}`),
    ...hooks.map((hook) => `--customize-hook=${hook}`),
  ];
}
