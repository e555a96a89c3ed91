import { imageName } from "./registry-push";

describe("the name of an image to push", () => {
  it.each([
    ["web", "web", "latest"],
    ["covey-demo-web:1", "covey-demo-web", "1"],
    ["team/web:1.2", "team/web", "1.2"],
  ])("%s is repository and tag", (image, repository, tag) => {
    expect(imageName(image)).toEqual({ repository, tag });
  });

  it.each(["registry.lab:5000/web:1", "web@sha256:00", "Web", ""])("is not '%s'", (image) => {
    expect(() => imageName(image)).toThrow("NAME:TAG");
  });
});
