const beyondAscii = /[\u0080-\u{10ffff}]/gu;

/**
 * JSON on one line, in ASCII: clients are known that compare a record's length in bytes with one in UTF-16 units
 * (npm `mesos-framework`).
 */
export function writeJson(message: object): Buffer {
  const text = JSON.stringify(message).replaceAll(beyondAscii, escaped);
  return Buffer.from(text, "latin1");
}

function escaped(characters: string): string {
  let out = "";
  for (let at = 0; at < characters.length; at += 1)
    out += `\\u${characters.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return out;
}
