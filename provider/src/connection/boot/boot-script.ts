import { processCheck } from "../process-check-script";

/**
 * `boot.sh` of a node's directory: what is called when the machine starts, whoever calls it. It reads what it starts from the
 * directory, so that an entry of the machine's init or cron never has to change with it. POSIX sh.
 */
export const bootScript = `#!/bin/sh
# Starts the Covey node of this directory, or ends it. Tasks and Consul run on. Usage: boot.sh start|stop|status
umask 077
PATH=\${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
here=$(dirname "$0")
cd "$here" || exit 1
stop_within=15

${processCheck}

fail() {
  echo "$here: $1" >&2
  exit 1
}

start() {
  runs supervisor.pid "$here/supervise.sh" && return 0
  # Two agents would fight for the ports; the next apply ends this one and starts it as it should be.
  runs agent.pid covey.js && fail "an agent that nobody supervises runs: process $pid"
  # Of before the machine's restart.
  rm -f supervisor.pid agent.pid watcher.pid
  runtime=$(cat runtime) || exit 1
  [ -x "$runtime" ] || fail "$runtime is no program"
  detach=nohup
  command -v setsid > /dev/null && detach=setsid
  env -i PATH="$PATH" HOME="\${HOME:-/}" LANG="\${LANG:-C.UTF-8}" USER="\${USER:-}" \\
    "$detach" /bin/sh "$here/supervise.sh" "$runtime" < /dev/null > /dev/null 2>&1 &
}

stop() {
  runs supervisor.pid "$here/supervise.sh" || return 0
  kill -TERM "$pid"
  waited=0
  while runs supervisor.pid "$here/supervise.sh"; do
    [ "$waited" -lt "$stop_within" ] || fail "the agent does not end within $stop_within s"
    sleep 1
    waited=$((waited + 1))
  done
}

case \${1:-} in
  start) start ;;
  stop) stop ;;
  # 3: LSB's "not running".
  status) runs supervisor.pid "$here/supervise.sh" || exit 3 ;;
  *) fail "usage: boot.sh start|stop|status" ;;
esac
`;
