import type { NodeName } from "../node-network";

/** A node's part of a user's crontab; all else in it is the user's. */

function markers({ cluster, node }: NodeName): { readonly begin: string; readonly end: string } {
  const name = `Covey node ${cluster}/${node}`;
  return { begin: `# BEGIN ${name}`, end: `# END ${name}` };
}

/** The crontab with this one line for the node, whatever it had before; an equal text where it has it already. */
export function withEntry(crontab: string, name: NodeName, line: string): string {
  const { begin, end } = markers(name);
  const rest = withoutEntry(crontab, name);
  const gap = rest === "" || rest.endsWith("\n") ? "" : "\n";
  return `${rest}${gap}${begin}\n${line}\n${end}\n`;
}

/**
 * The crontab without the node's part. Where the part's end is missing, because somebody edited it, only the marker and the
 * line that starts a node go: what follows may be the user's.
 */
export function withoutEntry(crontab: string, name: NodeName): string {
  const { begin, end } = markers(name);
  let rest = crontab.split("\n");
  for (;;) {
    const from = rest.indexOf(begin);
    if (from === -1) break;
    const ours = rest.slice(from).indexOf(end);
    const isStart = /^@reboot \/bin\/sh .*boot\.sh' start$/.test(rest[from + 1] ?? "");
    const count = ours === -1 ? (isStart ? 2 : 1) : ours + 1;
    rest = [...rest.slice(0, from), ...rest.slice(from + count)];
  }
  return rest.join("\n");
}
