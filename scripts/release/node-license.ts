import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where Node's own archive, its Docker images and the packages of distributions put it, from `bin/node`. */
const places = [
  "../LICENSE",
  "../share/doc/node/LICENSE",
  "../share/doc/nodejs/LICENSE",
  "../share/doc/nodejs/copyright",
];

/** The license text of the Node.js that runs this, for a release which holds that Node.js; undefined: it is in no known place. */
export function nodeLicense(program: string = process.execPath): string | undefined {
  const bin = dirname(realpathSync(program));
  return places.map((place) => join(bin, place)).find((path) => existsSync(path));
}
