import { attempt, run } from "../command";

const installDeadlineMs = 300_000;
const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

/** Puts a Debian system together out of packages; installed where that may be done, as `scripts/setup` does. */
export async function ensureMmdebstrap(say: (line: string) => void): Promise<void> {
  if ((await attempt("mmdebstrap", ["--version"])).code === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || (await attempt("apt-get", ["--version"])).code !== 0)
    throw new Error(
      "mmdebstrap is missing, which builds the image of a node's container (Debian: apt-get install mmdebstrap)",
    );
  say("installing mmdebstrap (apt-get)");
  const options = { env, deadlineMs: installDeadlineMs };
  const install = [
    "install",
    "-y",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=300",
    "mmdebstrap",
  ];
  if ((await attempt("apt-get", install, options)).code === 0) return;
  await run("apt-get", ["update"], options);
  await run("apt-get", install, options);
}
