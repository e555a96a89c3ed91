import { provider } from "../provider/src/main";
import { defaultNodeImage } from "../provider/src/connection/docker";
import packageOfProvider from "../provider/package.json";
import { nodeImage, providerVersion } from "./paths";

describe("the version of the provider", () => {
  it("is one, in its package, its code and its mirror", () => {
    expect([packageOfProvider.version, provider.definition.version]).toEqual([
      providerVersion,
      providerVersion,
    ]);
  });

  it("is that of the image which it runs for a node in a container", () => {
    expect(defaultNodeImage).toBe(nodeImage);
  });
});
