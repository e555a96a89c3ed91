/** One line on standard output for each thing that setup does. */
export function say(line: string): void {
  process.stdout.write(`setup: ${line}\n`);
}
