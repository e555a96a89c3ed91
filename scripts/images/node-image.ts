import { nodeImage } from "../paths";
import { ensureDebianImage } from "./debian-image";
import type { DebianImage } from "./debian-image";

const image: DebianImage = {
  name: nodeImage,
  describedIn: [__filename],
  /** What a node's container needs and does not get sent: its engine, its packet filter, and the libraries of Node.js. */
  packages: ["ca-certificates", "docker.io", "iproute2", "iptables", "libstdc++6", "procps"],
  /** containerd's own command line and the shims of older engines: 40 MB that Docker never starts. */
  unused: ["ctr", "containerd-shim", "containerd-shim-runc-v1", "containerd-stress"],
  changes: ['CMD ["sh"]'],
};

/** The image of a node's container. */
export function ensureNodeImage(say: (line: string) => void): Promise<string> {
  return ensureDebianImage(image, say);
}
