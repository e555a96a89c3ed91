/** An operating system and processor as Terraform names them: "linux_amd64". */
export type Platform = `${"linux" | "darwin"}_${"amd64" | "arm64"}`;

export const allPlatforms: readonly Platform[] = [
  "linux_amd64",
  "linux_arm64",
  "darwin_amd64",
  "darwin_arm64",
];

/** Whether a program for it can be made of the Node.js that runs this: Linux only, macOS refuses programs that are not signed. */
export function isOurs(platform: Platform): boolean {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return process.platform === "linux" && platform === `linux_${arch}`;
}
