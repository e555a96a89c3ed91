#!/bin/sh
# HAProxy as an instance of a covey_load_balancer. Says what it is told in HAPROXY_CONFIG and takes over the listening
# sockets of the instance that was here before it, which then answers what it has and ends: nobody is turned away.
#
# 1. Warm up: the same configuration without its listeners, until every backend has found its servers in DNS, or for
#    WARM_UP_TENTHS. Without this, the first requests would be answered 503.
# 2. Listen: with the servers found, and with the predecessor's sockets (haproxy -x).
# USR1: listen no more, end when the last connection has ended. TERM: end.
set -eu

: "${HAPROXY_CONFIG:?is missing: this image is run by covey_load_balancer}"
hand_over=/run/hand-over/covey-haproxy.$(printf %s "$HOST/$COVEY_SERVICE" | md5sum | cut -c1-32)
work=/run/covey-haproxy
export COVEY_ADMIN_SOCKET="$hand_over/${COVEY_TASK_ID##*.}.sock" COVEY_STATE_FILE="$work/state"

mkdir -p "$work"
mkdir -p -m 700 "$hand_over"
printf '%s\n' "$HAPROXY_CONFIG" >"$work/haproxy.cfg"
echo 1 >"$COVEY_STATE_FILE"

ask() { # SOCKET COMMAND
  echo "$2" | socat -t 2 - "UNIX-CONNECT:$1" 2>/dev/null
}

# Fields 2 and 5 of a line are a backend and the address of one of its servers, '-' where it has none yet.
has_found_all() {
  awk 'NF > 5 && !/^#/ { all[$2]; if ($5 != "-") found[$2] }
    END { for (name in all) if (!(name in found)) exit 1 }' "$1"
}

warm_up() {
  # Not in the shared directory: it has no listeners to hand over.
  COVEY_WARM_UP=1 COVEY_ADMIN_SOCKET="$work/warm.sock" haproxy -db -f "$work/haproxy.cfg" &
  warm=$!
  tenths=0
  while [ "$tenths" -lt "${WARM_UP_TENTHS:-30}" ] && kill -0 "$warm" 2>/dev/null; do
    if ask "$work/warm.sock" "show servers state" >"$work/found" && has_found_all "$work/found"; then break; fi
    sleep 0.1
    tenths=$((tenths + 1))
  done
  if [ -s "$work/found" ]; then mv "$work/found" "$COVEY_STATE_FILE"; fi
  kill "$warm" 2>/dev/null || true
  wait "$warm" || true
}

# The one that still listens; what nobody listens on any more was left by one that was killed.
find_predecessor() {
  predecessor=
  for socket in "$hand_over"/*.sock; do
    [ -S "$socket" ] || continue
    if ! ask "$socket" "show info" >"$work/info"; then
      rm -f "$socket"
    elif grep -q '^Stopping: 0' "$work/info"; then
      predecessor=$socket
    fi
  done
}

haproxy -c -q -f "$work/haproxy.cfg"
warm_up
find_predecessor
if [ -n "$predecessor" ]; then
  echo "covey-haproxy: takes over from $predecessor"
  haproxy -db -f "$work/haproxy.cfg" -x "$predecessor" &
else
  haproxy -db -f "$work/haproxy.cfg" &
fi
child=$!
trap 'kill -USR1 "$child"' USR1
trap 'kill -TERM "$child"' TERM INT
status=0
# A signal interrupts the wait.
while kill -0 "$child" 2>/dev/null; do
  status=0
  wait "$child" || status=$?
done
rm -f "$COVEY_ADMIN_SOCKET"
rmdir "$hand_over" 2>/dev/null || true
exit "$status"
