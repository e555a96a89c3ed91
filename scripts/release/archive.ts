import { createWriteStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** One file of an archive: a file of this machine, or its text. */
export type ArchiveEntry = { readonly name: string; readonly mode: number } & (
  { readonly from: string } | { readonly text: string }
);

/**
 * The beginning of a zip file's calendar. A zip holds local time: made of local numbers, the bytes are the same in every
 * time zone.
 */
const anyDay = new Date(1980, 0, 1);
const regularFile = 0o100000;

/** A zip of which every byte follows from names, modes and contents: the same files give the same checksum. */
export async function writeArchive(to: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const zip = new ZipFile();
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const contents = "from" in entry ? readFileSync(entry.from) : Buffer.from(entry.text);
    zip.addBuffer(contents, entry.name, {
      mtime: anyDay,
      mode: regularFile | entry.mode,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}
