import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, run } from "../command";
import { hashOf } from "../hash";
import { demoImage, dockerSocket } from "../paths";
import { say } from "./say";

const label = "covey.made-from";
const applets = [
  "cat",
  "echo",
  "env",
  "hostname",
  "httpd",
  "ls",
  "mkdir",
  "nslookup",
  "ps",
  "sh",
  "sleep",
  "tee",
  "test",
  "wget",
];
const docker = ["-H", `unix://${dockerSocket}`];

/** The demo's image: a static busybox and nothing else, imported as one layer, so no registry and no builder is needed. */
export async function ensureDemoImage(): Promise<void> {
  const wanted = hashOf([__filename]).slice(0, 12);
  const format = `{{index .Config.Labels "${label}"}}`;
  const seen = await attempt("docker", [
    ...docker,
    "image",
    "inspect",
    "--format",
    format,
    demoImage,
  ]);
  if (seen.stdout.trim() === wanted) return;
  say(`building image ${demoImage} from busybox`);
  const busybox = (await run("which", ["busybox"])).trim();
  const tree = mkdtempSync(join(tmpdir(), "covey-image-"));
  try {
    layOut(tree, busybox);
    const archive = join(tmpdir(), `covey-image-${process.pid}.tar`);
    try {
      await run("tar", [
        "-C",
        tree,
        "--numeric-owner",
        "--owner=0",
        "--group=0",
        "-cf",
        archive,
        ".",
      ]);
      const changes = [
        "ENV PATH=/bin",
        `LABEL ${label}=${wanted}`,
        'CMD ["httpd", "-f", "-h", "/www"]',
      ];
      await run("docker", [
        ...docker,
        "import",
        ...changes.flatMap((change) => ["--change", change]),
        archive,
        demoImage,
      ]);
    } finally {
      rmSync(archive, { force: true });
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  await run("docker", [...docker, "run", "--rm", "--network", "none", demoImage, "true"]);
}

function layOut(tree: string, busybox: string): void {
  chmodSync(tree, 0o755);
  for (const folder of ["bin", "etc", "root", "tmp", "www"]) mkdirSync(join(tree, folder));
  chmodSync(join(tree, "tmp"), 0o1777);
  copyFileSync(busybox, join(tree, "bin/busybox"));
  chmodSync(join(tree, "bin/busybox"), 0o755);
  for (const applet of [...applets, "true"]) symlinkSync("busybox", join(tree, "bin", applet));
  writeFileSync(join(tree, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
  writeFileSync(join(tree, "etc/group"), "root:x:0:\n");
  writeFileSync(join(tree, "www/index.html"), "covey\n");
}
