/** One record of RecordIO as Mesos streams it: the length of `bytes` in decimal, a line feed, and the bytes (docs/recordio.md). */
export function frame(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length}\n`, "latin1"), bytes]);
}
