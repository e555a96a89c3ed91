import { missingPlatforms } from "./complete-lock";

describe("a lock made against a partial mirror", () => {
  const packages = {
    "": { optionalDependencies: { "root-linux-x64": "1.0.0" } },
    "node_modules/tool": {
      dev: true,
      license: "MIT",
      optionalDependencies: {
        "tool-linux-x64": "1.2.3",
        "tool-darwin-arm64": "1.2.3",
        "tool-extra": "1.0.0",
        "tool-win32-x64": "^1.0.0",
      },
    },
    "node_modules/tool-linux-x64": { version: "1.2.3" },
  };

  it("is given the platforms it lacks, at their exact versions, and nothing else", () => {
    expect(missingPlatforms(packages)).toEqual({
      "node_modules/tool-darwin-arm64": {
        version: "1.2.3",
        dev: true,
        license: "MIT",
        optional: true,
        os: ["darwin"],
        cpu: ["arm64"],
      },
    });
  });

  it("is complete then", () => {
    const all = { ...packages, ...missingPlatforms(packages) };
    expect(missingPlatforms(all)).toEqual({});
  });
});
