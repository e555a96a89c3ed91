import { processCheck } from "./process-check-script";

/**
 * Keeps one agent running where no service manager does: POSIX sh, so that every machine has what it takes. It and the
 * agent write their process files as `PID START`, START being field 22 of /proc/PID/stat: a number used again by
 * another process is never taken for ours. There is one supervisor for a directory, also where whoever starts the machine and whoever applies
 * start it in the same moment: the file is made by link(2), which one of them can.
 *
 * The log is cut by copying: the agent holds it open for appending, and would go on writing to a renamed file.
 */
export const supervisorScript = `#!/bin/sh
# Runs the Covey agent of this directory, and runs it again when it dies. Usage: supervise.sh RUNTIME
# TERM ends the agent, then this. An agent that ends with 0 is not started again. Does nothing where another one runs.
umask 077
here=$(dirname "$0")
cd "$here" || exit 1
runtime=$1
log=agent.log
log_bytes_max=10485760
delay_first=1
delay_max=30
short_life=10
child=
sleeper=
stopping=

write_pid() {
  start=$(sed 's/^.*) //' "/proc/$2/stat" 2>/dev/null | cut -d' ' -f20)
  printf '%s %s\\n' "$2" "$start" > "$1.new" && mv -f "$1.new" "$1"
}

${processCheck}

claim() {
  write_pid "supervisor.pid.$$" $$
  tries=0
  until ln "supervisor.pid.$$" supervisor.pid 2>/dev/null; do
    if runs supervisor.pid "$here/supervise.sh"; then
      rm -f "supervisor.pid.$$"
      exit 0
    fi
    # Of a supervisor that was killed, or of before the machine's restart.
    rm -f supervisor.pid
    tries=$((tries + 1))
    # Not every file system has links.
    [ "$tries" -lt 3 ] || break
  done
  mv -f "supervisor.pid.$$" supervisor.pid
}

say() {
  printf '%s supervisor: %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" >> "$log"
}

cut_log() {
  bytes=$(wc -c < "$log" 2>/dev/null || echo 0)
  if [ "$bytes" -gt "$log_bytes_max" ]; then
    cp "$log" "$log.1" && : > "$log"
  fi
}

watch_log() {
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  while kill -0 "$1" 2>/dev/null; do
    sleep 10 &
    nap=$!
    wait "$nap"
    cut_log
  done
}

stop() {
  stopping=yes
  [ -n "$child" ] && kill -TERM "$child" 2>/dev/null
  [ -n "$sleeper" ] && kill "$sleeper" 2>/dev/null
}

finish() {
  kill -TERM "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null
  rm -f agent.pid watcher.pid supervisor.pid
  exit 0
}

trap stop TERM INT
trap '' HUP
claim
watch_log $$ < /dev/null > /dev/null 2>&1 &
watcher=$!
write_pid watcher.pid "$watcher"
delay=$delay_first

while [ -z "$stopping" ]; do
  begun=$(date +%s)
  # Much of an idle agent's memory is what allocators keep for speed: one malloc arena, a small young generation and
  # compact code make it 71 instead of 84 MB. A single executable takes sizes of the heap from NODE_OPTIONS only.
  MALLOC_ARENA_MAX=1 NODE_OPTIONS=--max-semi-space-size=1 "$runtime" --optimize-for-size \\
    covey.js agent --config agent.json < /dev/null >> "$log" 2>&1 &
  child=$!
  write_pid agent.pid "$child"
  # A trapped signal ends the wait before the agent has ended: wait again.
  [ -n "$stopping" ] && kill -TERM "$child" 2>/dev/null
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  child=
  rm -f agent.pid
  if [ "$code" -eq 0 ]; then
    say "the agent ended"
    break
  fi
  [ -n "$stopping" ] && break
  if [ $(($(date +%s) - begun)) -lt "$short_life" ]; then
    wait_s=$delay
    delay=$((delay * 2))
    [ "$delay" -gt "$delay_max" ] && delay=$delay_max
  else
    wait_s=$delay_first
    delay=$delay_first
  fi
  say "the agent ended with code $code, it is started again in $wait_s s"
  sleep "$wait_s" &
  sleeper=$!
  wait "$sleeper"
  sleeper=
done
finish
`;
