/**
 * `runs FILE WORD`: the process whose `PID START` is in the file runs, and WORD is one of the words of its command line; sets
 * `pid`. START is field 22 of /proc/PID/stat. It alone tells a later process of the same number; after the machine's restart
 * both may be another's by chance, hence the word.
 */
export const processCheck = `runs() {
  [ -r "$1" ] || return 1
  read -r pid since < "$1" || return 1
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  [ "$(sed 's/^.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d' ' -f20)" = "$since" ] || return 1
  tr '\\0' '\\n' < "/proc/$pid/cmdline" 2>/dev/null | grep -qxF -e "$2"
}`;
