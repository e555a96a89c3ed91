/** `sh -c SCRIPT sh ARGS...` as one line for the user's shell on the other side, whichever of sh's family it is. */
export function commandLine(script: string, args: readonly string[], sudo: boolean): string {
  const words = ["sh", "-c", script, "sh", ...args].map(quote);
  return `${sudo ? "sudo -n -- " : ""}${words.join(" ")}`;
}

function quote(text: string): string {
  return /^[A-Za-z0-9_/.:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Why sudo would not run the command; undefined where it did. Its own messages begin with its name, and it ends with 1.
 * What it runs here is sh, whose messages do not.
 */
export function whySudoRefused(code: number, stderr: string, user: string): string | undefined {
  if (code === 127 && /sudo.*not found/i.test(stderr))
    return "there is no sudo on it: install sudo, or log in as root and leave sudo out";
  if (code !== 1 || !/^sudo: |is not (allowed|in the sudoers)|may not run sudo/im.test(stderr))
    return undefined;
  const line = `${user} ALL=(ALL) NOPASSWD: ALL`;
  return `sudo refuses (${stderr.trim().split("\n")[0] ?? ""}): user ${user} must be allowed to run everything without a password. As root there: echo '${line}' > /etc/sudoers.d/covey && chmod 440 /etc/sudoers.d/covey`;
}

/**
 * SOCKET. Joins it to standard input and output with what is there: Docker's command line, socat, or one of the
 * languages most systems carry.
 */
export const dialScript = `[ -S "$1" ] || { echo "$1: there is no such socket" >&2; exit 1; }
{ [ -r "$1" ] && [ -w "$1" ]; } || { echo "$1: Permission denied" >&2; exit 1; }
if command -v docker > /dev/null; then
  exec docker -H "unix://$1" system dial-stdio
fi
command -v socat > /dev/null && exec socat - "UNIX-CONNECT:$1"
command -v perl > /dev/null && exec perl -e '
use IO::Socket::UNIX; use IO::Select;
my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "$ARGV[0]: $!\\n";
my $all = IO::Select->new(\\*STDIN, $s); my $bytes;
while ($all->count) { for my $from ($all->can_read) {
  if (!sysread($from, $bytes, 65536)) {
    exit 0 if $from == $s;
    $all->remove($from); shutdown($s, 1); next;
  }
  my $to = $from == $s ? \\*STDOUT : $s; my $at = 0;
  while ($at < length $bytes) { my $n = syswrite($to, $bytes, length($bytes) - $at, $at) or exit 1; $at += $n; }
} }' "$1"
echo "to reach $1, Covey needs sshd to allow AllowStreamLocalForwarding, or one of docker, socat and perl" >&2
exit 127`;
