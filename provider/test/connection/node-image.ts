import { ensureNodeImage } from "../../../scripts/images/node-image";
import { OuterEngine } from "../../src/connection/docker/outer-engine";

/** This machine's engine. */
export function outerEngine(): OuterEngine {
  const path = "/var/run/docker.sock";
  return new OuterEngine({ text: `unix://${path}`, address: { kind: "unix", path }, tls: {} });
}

/** Builds the image of a node's container before the first test, where it is not there. @returns its name */
export function useNodeImage(): () => string {
  let image: string | undefined;
  beforeAll(async () => {
    image = await ensureNodeImage(() => undefined);
  }, 600_000);
  return () => {
    if (image === undefined) throw new Error("the image is asked for before the tests");
    return image;
  };
}
