/** What is asked of the machine, as POSIX sh. NAME is that of the entry. */

const tools =
  'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\nhas() { command -v "$1" > /dev/null 2>&1; }\n';

/**
 * Prints who starts this machine's services and may be told by this user: that program must be the one that runs, as Debian has
 * update-rc.d and /etc/init.d everywhere. /run/openrc is there once OpenRC has booted; a System V init is told by its
 * /etc/inittab to run a level's scripts (`l2:2:wait:/etc/init.d/rc 2`). A busybox crond reads no /etc/cron.d.
 */
export const findScript = `${tools}
if [ -w /etc/init.d ]; then
  if [ -d /run/openrc ] && has rc-update; then echo openrc; exit; fi
  if [ -r /etc/inittab ] && grep -Eq '^[^#]*:wait:[^:]*/rc[[:space:]]+[0-9]' /etc/inittab; then
    echo sysv
    exit
  fi
fi
for comm in /proc/[0-9]*/comm; do
  read -r program < "$comm" 2> /dev/null || continue
  case $program in cron | crond) ;; *) continue ;; esac
  case $(readlink "\${comm%/comm}/exe" 2> /dev/null) in
    */busybox) ;;
    *) if [ "$(id -u)" = 0 ] && [ -w /etc/cron.d ]; then echo cron.d; exit; fi ;;
  esac
  has crontab || continue
  case $(crontab -l 2>&1) in *"not allowed"*) ;; *) echo crontab; exit ;; esac
done
echo none`;

/** NAME. It is marked as started, so that OpenRC ends it when the machine is shut down. */
export const openrcAddScript = `${tools}
[ -e "/etc/runlevels/default/$1" ] || rc-update --quiet add "$1" default || exit 1
rc-service --quiet "$1" start > /dev/null 2>&1 || :`;

/** NAME */
export const openrcRemoveScript = `${tools}
has rc-update || { rm -f /etc/runlevels/*/"$1"; exit; }
rc-update --quiet --all del "$1"
rc-service --quiet "$1" zap > /dev/null 2>&1 || :
rm -f /etc/runlevels/*/"$1"`;

const linked = `linked() {
  for link in /etc/rc[2345].d/S??"$1" /etc/rc.d/rc[2345].d/S??"$1"; do [ -L "$link" ] && return 0; done
  return 1
}`;

/** NAME. Links of our own where the distribution has no program for them: last to start, first to stop. */
export const sysvAddScript = `${tools}
${linked}
linked "$1" && exit
if has update-rc.d; then update-rc.d "$1" defaults > /dev/null
elif has insserv; then insserv "$1"
elif has chkconfig; then chkconfig --add "$1"
else
  folder=/etc
  [ -d /etc/rc2.d ] || folder=/etc/rc.d
  for level in 2 3 4 5; do ln -sf "../init.d/$1" "$folder/rc$level.d/S99$1" || exit 1; done
  for level in 0 1 6; do ln -sf "../init.d/$1" "$folder/rc$level.d/K01$1" || exit 1; done
fi
linked "$1" || { echo "no link to $1 was made in /etc/rc2.d or /etc/rc.d/rc2.d" >&2; exit 1; }`;

/** NAME. Of the links none is left, whoever made them; the programs also keep lists of dependencies, which they mend. */
export const sysvRemoveScript = `${tools}
has chkconfig && ! has update-rc.d && chkconfig --del "$1"
rm -f "/etc/init.d/$1" /etc/rc?.d/[SK]??"$1" /etc/rc.d/rc?.d/[SK]??"$1"
if has update-rc.d; then update-rc.d "$1" remove > /dev/null 2>&1; elif has insserv; then insserv -r "$1" 2> /dev/null; fi
:`;

/** Prints the user's crontab; nothing where there is none, or may be none. Any other refusal is one: what was not read must not be replaced. */
export const crontabScript = `LC_ALL=C
export LC_ALL
said=$(crontab -l 2>&1 > /dev/null) && { crontab -l; exit; }
case $said in
  *[Nn]"o crontab"* | *[Nn]"o such file"* | *"not allowed"*) ;;
  *) echo "$said" >&2; exit 1 ;;
esac`;
