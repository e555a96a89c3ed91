import { join } from "node:path";
import { haproxyImage } from "../paths";
import { ensureDebianImage } from "./debian-image";
import type { DebianImage } from "./debian-image";

const program = join(__dirname, "covey-haproxy.sh");

const image: DebianImage = {
  name: haproxyImage,
  describedIn: [__filename, program],
  packages: ["haproxy", "socat"],
  scripts: { [program]: "/usr/local/bin/covey-haproxy" },
  changes: ['CMD ["covey-haproxy"]'],
};

/** The image that load balancers run. */
export function ensureHaproxyImage(say: (line: string) => void): Promise<string> {
  return ensureDebianImage(image, say);
}
