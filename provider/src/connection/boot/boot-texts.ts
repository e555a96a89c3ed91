import { InstallError } from "../install-error";
import type { NodeName } from "../node-network";
import { unitOwner } from "../systemd-unit";

/** What is put onto a machine so that it starts a node. Each says in its first lines whose it is. */

/** Of a script in /etc/init.d, and of a file in /etc/cron.d, whose names hold no dots. */
export function entryName({ cluster, node }: NodeName): string {
  return `covey-${cluster}-${node}`;
}

export function isEntryOf(name: NodeName, text: string): boolean {
  return text.split("\n", 2).includes(unitOwner(name));
}

/** @param boot path of the node's boot.sh */
export function openrcScript(name: NodeName, boot: string): string {
  return `#!/sbin/openrc-run
${unitOwner(name)}
description="Covey agent of node ${name.node}, cluster ${name.cluster}"
boot=${quoted(boot)}

depend() {
  use net
  after localmount net docker
}

start() {
  ebegin "Starting Covey node ${name.cluster}/${name.node}"
  /bin/sh "$boot" start
  eend $?
}

stop() {
  ebegin "Stopping Covey node ${name.cluster}/${name.node}"
  /bin/sh "$boot" stop
  eend $?
}

status() {
  /bin/sh "$boot" status
}
`;
}

/** Its header is what update-rc.d, insserv and chkconfig read (LSB 5.0, "Init Script Actions" and "Comment Conventions"). */
export function sysvScript(name: NodeName, boot: string): string {
  return `#!/bin/sh
${unitOwner(name)}
# chkconfig: 2345 99 01
# description: Covey agent of node ${name.node}, cluster ${name.cluster}
### BEGIN INIT INFO
# Provides:          ${entryName(name)}
# Required-Start:    $remote_fs $network
# Required-Stop:     $remote_fs $network
# Should-Start:      $syslog $time docker
# Should-Stop:       docker
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: Covey agent of node ${name.node}, cluster ${name.cluster}
### END INIT INFO
boot=${quoted(boot)}
# 5: LSB's "not installed".
[ -f "$boot" ] || exit 5
case \${1:-} in
  start | stop | status) exec /bin/sh "$boot" "$1" ;;
  restart | force-reload) /bin/sh "$boot" stop && exec /bin/sh "$boot" start ;;
  *)
    echo "Usage: $0 {start|stop|restart|force-reload|status}" >&2
    exit 2
    ;;
esac
`;
}

/** For /etc/cron.d, whose lines name a user. */
export function cronFile(name: NodeName, boot: string): string {
  return `${unitOwner(name)}\n@reboot root ${cronCommand(boot)}\n`;
}

/** The line between the markers of a user's crontab. */
export function crontabLine(boot: string): string {
  return `@reboot ${cronCommand(boot)}`;
}

/** crontab(5): a command ends with its line, and an unescaped `%` in it is a new line. */
function cronCommand(boot: string): string {
  const odd = /\p{Cc}/u.exec(boot)?.[0];
  if (odd !== undefined)
    throw new InstallError(
      "write the cron entry",
      `${JSON.stringify(boot)} holds ${JSON.stringify(odd)}, which cron does not take in a command; give the node a data_dir without it`,
      "data_dir",
    );
  return `/bin/sh ${quoted(boot).replaceAll("%", "\\%")} start`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
