/** Milliseconds this process has spent on whatever core: other work on the machine does not count. */
export function coreMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
