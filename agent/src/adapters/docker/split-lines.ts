/** Lines of a byte stream, without their ends; throws where one is longer than `maxLength`. */
export async function* splitLines(
  stream: AsyncIterable<Buffer | string>,
  maxLength: number,
): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, typeof chunk === "string" ? Buffer.from(chunk) : chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end).toString("utf8").trim();
      rest = rest.subarray(end + 1);
      if (line !== "") yield line;
    }
    if (rest.length > maxLength) throw new Error(`a line is longer than ${maxLength} bytes`);
  }
}
