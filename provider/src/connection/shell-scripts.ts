/**
 * What `ShellConnection` has a machine do: POSIX sh, tried with dash and busybox. Paths and texts come as positional
 * parameters, never inside a script; secrets come on standard input, never as parameters, which every user of the machine can read.
 */

/** Exit code of a script that did not find what it was asked for. */
export const missingCode = 66;

/**
 * `gone PATH`: there is no such file. Below a directory that may not be searched nothing can be said: that is a refusal,
 * not an absence.
 */
const gone = `
gone() {
  if [ -e "$1" ] || [ -L "$1" ]; then return 1; fi
  above=\${1%/*}
  while [ -n "$above" ] && [ ! -e "$above" ]; do above=\${above%/*}; done
  if [ -d "\${above:-/}" ] && [ ! -x "\${above:-/}" ]; then
    echo "\${above:-/}: Permission denied" >&2
    exit 1
  fi
}
`;

/** PATH MODE UMASK */
export const makeDirectoryScript = `umask "$3" && mkdir -p "$1" && chmod "$2" "$1"`;

/** PATH. Names end with NUL. */
export const listScript = `${gone}
gone "$1" && exit ${missingCode}
cd "$1" || exit 1
[ -r . ] || { echo "$1: Permission denied" >&2; exit 1; }
for name in * .[!.]* ..?*; do
  if [ -e "$name" ] || [ -L "$name" ]; then printf '%s\\0' "$name"; fi
done`;

/**
 * PATH MODE TEMPORARY BYTES FILTER. A connection that breaks looks like the end of the input, so the length is held against
 * what was announced. Where the machine cannot flush one file, it flushes all.
 */
export const writeScript = `umask 077
set -C
: > "$3" || exit 1
set +C
trap 'rm -f "$3"' EXIT
if [ "$5" = gunzip ]; then gunzip -c > "$3"; else cat > "$3"; fi || exit 1
bytes=$(wc -c < "$3") && bytes=$((bytes))
[ "$bytes" -eq "$4" ] || { echo "only $bytes of $4 bytes arrived" >&2; exit 1; }
chmod "$2" "$3" || exit 1
sync "$3" 2> /dev/null || sync
mv -f "$3" "$1" && trap - EXIT`;

/** BOUNDARY PATH... After each file the boundary, then y or n: whether it is there. */
export const readScript = `${gone}
boundary=$1
shift
for file; do
  found=y
  if gone "$file"; then found=n; elif ! cat "$file" 2> /dev/null; then
    # A process may end while its file is read: then there is none.
    if gone "$file"; then found=n; else case $file in /proc/*) found=n ;; *) cat "$file" > /dev/null; exit 1 ;; esac; fi
  fi
  printf '%s%s' "$boundary" "$found"
done`;

/** PATH BYTES */
export const tailScript = `${gone}
gone "$1" && exit ${missingCode}
tail -c "$2" < "$1"`;

/** PATH... A line for each: the sum, or nothing. From standard input: a name with odd characters would be escaped. */
export const digestScript = `${gone}
for file; do
  if gone "$file"; then echo; else sum=$(sha256sum < "$file") || exit 1; echo "\${sum%% *}"; fi
done`;

/** PATH */
export const isExecutableScript = `[ -f "$1" ] && [ -x "$1" ]`;

/** NAME. The places of administrators' programs are not on every user's PATH. */
export const findProgramScript = `IFS=:
set -f
for directory in $PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; do
  case $directory in /*) ;; *) continue ;; esac
  if [ -f "$directory/$1" ] && [ -x "$directory/$1" ]; then printf %s "$directory/$1"; exit; fi
done
exit ${missingCode}`;

/** PATH */
export const removeScript = `rm -rf "$1"`;

/** PATH */
export const removeEmptyScript = `rmdir "$1" 2> /dev/null`;

/** COMMAND ARGS... */
export const runScript = `exec "$@"`;

/**
 * DIRECTORY COMMAND ARGS... In a session of its own, and with nothing of this connection's environment. Output and input
 * are let go of, else the connection would wait for its end.
 */
export const spawnScript = `cd "$1" || exit 1
shift
command -v "$1" > /dev/null || { echo "$1: not found" >&2; exit 1; }
detach=nohup
command -v setsid > /dev/null && detach=setsid
env -i PATH="$PATH" HOME="\${HOME:-/}" LANG="\${LANG:-C.UTF-8}" USER="\${USER:-}" "$detach" "$@" < /dev/null > /dev/null 2>&1 &`;

/**
 * BOUNDARY TEXT. Each answer begins with the process' number and a NUL. busybox' grep looks no further than the first NUL, so
 * there each command line is looked at by itself.
 */
export const findProcessesScript = `if grep --version 2> /dev/null | grep -q GNU; then
  files=$(grep -slF -e "$2" /proc/[0-9]*/cmdline)
else
  files=
  for file in /proc/[0-9]*/cmdline; do
    case $( (tr '\\0' '\\n' < "$file") 2> /dev/null) in *"$2"*) files="$files $file" ;; esac
  done
fi
for file in $files; do
  pid=\${file%/cmdline}
  printf '%s\\0' "\${pid#/proc/}"
  cat "$file" 2> /dev/null
  printf %s "$1"
done`;

/** PID SIGNAL */
export const signalScript = `kill -s "$2" "$1" 2> /dev/null || { [ -d "/proc/$1" ] || exit ${missingCode}; kill -s "$2" "$1"; }`;

export const cacheDirectoryScript = `case \${XDG_CACHE_HOME:-} in /*) printf %s "$XDG_CACHE_HOME" ;; *) printf %s "\${HOME:-/root}/.cache" ;; esac`;

/** One line each: system, machine, whether it can gunzip. */
export const factsScript = `uname -s && uname -m && if command -v gunzip > /dev/null; then echo gunzip; else echo; fi`;

/** Output of ip(8) where it is there; else that of the kernel, which is read differently. */
export const addressesScript = `PATH=$PATH:/usr/sbin:/sbin
if command -v ip > /dev/null && ip -4 -o addr show; then exit; fi
cat /proc/net/route && echo = && cat /proc/net/fib_trie`;

/** tcp or udp */
export const socketsScript = `cat "/proc/net/$1" && { [ ! -e "/proc/net/\${1}6" ] || cat "/proc/net/\${1}6"; }`;
