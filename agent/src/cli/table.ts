/** Lines of aligned columns under a head; two spaces between, none at the end of a line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  return lines
    .map((line) =>
      widths
        .map((width, column) => (line[column] ?? "").padEnd(width))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** `-` for what is not there, and one line of what is. */
export function cell(text: string | undefined): string {
  return text === undefined || text === "" ? "-" : text.replaceAll(/\s+/g, " ");
}
