import { machinePaths, readyLine } from "./machine-names";

/**
 * What a node's container runs, beneath Docker's init, which reaps: the node's engine, and after a restart of the container
 * the node's supervisor. POSIX sh.
 *
 * A container without privileges has its cgroups read-only; a bind remount makes them writable, so that the inner engine can set
 * limits below the container's own. In cgroup v2 processes and limits do not go into one group: ours move aside (as
 * moby's hack/dind does).
 *
 * The engine is started again when it dies, tasks run on (`--live-restore`). TERM ends the node in order: the agent, which
 * leaves tasks alone; the tasks; the engine.
 */
export const machineScript = `
# Usage: sh -c SCRIPT covey-machine DATA_DIR SOCKET
data=$1
socket=$2
root=${machinePaths.engineRoot}
ready=${machinePaths.ready}
delay_max=30
short_life=10
task_grace=5
agent_grace=8
engine=
sleeper=
stopping=

say() { printf '%s machine: %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1"; }

open_cgroups() {
  for mounted in /sys/fs/cgroup /sys/fs/cgroup/*; do
    mountpoint -q "$mounted" || continue
    mount -o remount,bind,rw "$mounted" || say "$mounted stays read-only: tasks cannot be started"
  done
  [ -f /sys/fs/cgroup/cgroup.controllers ] || return 0
  mkdir -p /sys/fs/cgroup/machine
  while read -r pid; do
    echo "$pid" > /sys/fs/cgroup/machine/cgroup.procs
  done < /sys/fs/cgroup/cgroup.procs 2>/dev/null
  sed 's/^/+/; s/ / +/g' /sys/fs/cgroup/cgroup.controllers > /sys/fs/cgroup/cgroup.subtree_control
}

engine_answers() { docker -H "unix://$socket" version > /dev/null 2>&1; }

# Once, after the container has started. What is installed later is started by whoever installs it.
start_node() {
  until [ -S "$socket" ] && engine_answers; do sleep 0.2; done
  if [ "$1" = installed ]; then
    say "starting the node in $data"
    setsid sh "$data/supervise.sh" "$(cat "$data/runtime")" < /dev/null > /dev/null 2>&1 &
  fi
  : > "$ready"
  printf '%s ${readyLine}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
}

stop_node() {
  pid=$(cut -d' ' -f1 "$data/supervisor.pid" 2>/dev/null)
  [ -n "$pid" ] || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  waited=0
  while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt $((agent_grace * 5)) ]; do
    sleep 0.2
    waited=$((waited + 1))
  done
}

stop_tasks() {
  running=$(timeout 5 docker -H "unix://$socket" ps -q 2>/dev/null)
  # shellcheck disable=SC2086
  [ -z "$running" ] || timeout 10 docker -H "unix://$socket" stop -t "$task_grace" $running > /dev/null 2>&1
}

stop() {
  [ -z "$stopping" ] || return 0
  stopping=yes
  [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null
  say "stopping"
  stop_node
  stop_tasks
  [ -z "$engine" ] || kill -TERM "$engine" 2>/dev/null
}

trap stop TERM INT
rm -f "$ready"
open_cgroups
installed=no
[ -f "$data/supervise.sh" ] && [ -f "$data/runtime" ] && installed=installed
start_node "$installed" &
delay=1

while [ -z "$stopping" ]; do
  begun=$(date +%s)
  rm -f /var/run/docker.pid
  dockerd -H "unix://$socket" --data-root "$root" --live-restore &
  engine=$!
  while :; do
    wait "$engine"
    code=$?
    kill -0 "$engine" 2>/dev/null || break
  done
  engine=
  [ -z "$stopping" ] || break
  [ $(($(date +%s) - begun)) -lt "$short_life" ] || delay=1
  say "dockerd ended with code $code, it is started again in $delay s"
  sleep "$delay" &
  sleeper=$!
  wait "$sleeper"
  sleeper=
  delay=$((delay * 2))
  [ "$delay" -le "$delay_max" ] || delay=$delay_max
done
exit 0
`;
