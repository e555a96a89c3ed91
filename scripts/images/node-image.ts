import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, run } from "../command";
import { hashOf } from "../hash";
import { dockerSocket, nodeImage } from "../paths";
import { ensureMmdebstrap } from "./mmdebstrap";

const label = "covey.made-from";
const suite = "bookworm";
const docker = ["-H", `unix://${dockerSocket}`];
const buildDeadlineMs = 600_000;

/** What a node's container needs and does not get sent: its engine, its packet filter, and the libraries of Node.js. */
const packages = [
  "ca-certificates",
  "docker.io",
  "iproute2",
  "iptables",
  "libstdc++6",
  "procps",
] as const;

/** Not needed to read by anybody in a container. Java's packages fail where man1 is missing. */
const leftOut = [
  "path-exclude=/usr/share/doc/*",
  "path-exclude=/usr/share/info/*",
  "path-exclude=/usr/share/locale/*",
  "path-exclude=/usr/share/man/*",
  "path-include=/usr/share/man/man1",
];

/** containerd's own command line and the shims of older engines: 40 MB that Docker never starts. */
const unused = ["ctr", "containerd-shim", "containerd-shim-runc-v1", "containerd-stress"];

/** Builds the image of a node's container out of Debian packages, unless it is of this recipe already. */
export async function ensureNodeImage(say: (line: string) => void): Promise<string> {
  const wanted = hashOf([__filename]).slice(0, 12);
  const format = `{{index .Config.Labels "${label}"}}`;
  const seen = await attempt("docker", [...docker, "image", "inspect", "-f", format, nodeImage]);
  if (seen.stdout.trim() === wanted) return nodeImage;
  await ensureMmdebstrap(say);
  say(`building image ${nodeImage} from Debian packages (about a minute)`);
  const work = mkdtempSync(join(tmpdir(), "covey-node-image-"));
  try {
    const archive = join(work, "node.tar");
    await run("mmdebstrap", [...recipe(), suite, archive], { deadlineMs: buildDeadlineMs });
    const changes = [`LABEL ${label}=${wanted}`, 'CMD ["sh"]'];
    await run(
      "docker",
      [...docker, "import", ...changes.flatMap((one) => ["--change", one]), archive, nodeImage],
      { deadlineMs: buildDeadlineMs },
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return nodeImage;
}

function recipe(): readonly string[] {
  return [
    "--variant=minbase",
    `--include=${packages.join(",")}`,
    '--aptopt=APT::Install-Recommends "false"',
    ...leftOut.map((option) => `--dpkgopt=${option}`),
    `--customize-hook=rm -f ${unused.map((name) => `"$1/usr/bin/${name}"`).join(" ")}`,
  ];
}
