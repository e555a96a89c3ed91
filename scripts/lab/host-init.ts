/**
 * The first process of a host, in namespaces of its own: it lays the host's file tree over the machine's programs, leaves the
 * machine's tree, and starts sshd, dockerd and then what is linked in /etc/rc2.d, as a System V init does. It stays, because the kernel ends every
 * process of the host with it, and because a shell that waits also reaps orphans. `$1`: the host's folder; `$2`: the machine's
 * Consul, or nothing.
 */
export const hostInit = `set -eu
folder=$1 disk=$1/disk root=$1/root consul=\${2:-}
mount -o loop "$folder/disk.img" "$disk"
first=
[ -d "$disk/etc-and-all" ] || first=yes
mkdir -p "$disk/etc-and-all" "$disk/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$disk/etc-and-all,workdir=$disk/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
# What the machine has there is not the host's; and no overlay bears another one, as Docker's would be.
for place in var/lib/docker var/lib/containerd var/lib/covey var/log tmp; do
  mkdir -p "$disk/$place" "$root/$place"
  mount --bind "$disk/$place" "$root/$place"
done
chmod 1777 "$root/tmp"
# The machine's services are not the host's: those are what is linked from now on.
if [ -n "$first" ]; then
  rm -f "$root"/etc/rc?.d/*
  mkdir -p "$root/etc/init.d" "$root/etc/rc0.d" "$root/etc/rc1.d" "$root/etc/rc2.d" "$root/etc/rc3.d" \\
    "$root/etc/rc4.d" "$root/etc/rc5.d" "$root/etc/rc6.d"
fi
rm -f "$root/etc/resolv.conf"
cp -R "$folder/etc/." "$root/etc/"
chmod 600 "$root/etc/ssh/lab_host_key"
# sshd lets nobody in as a user whose account is locked, not even by key.
sed -i 's/^root:!/root:*/' "$root/etc/shadow"
hostname "$(cat "$folder/etc/hostname")"
cd "$root"
mkdir -p mnt
pivot_root . mnt
cd /
umount -l /mnt
mkdir -p /run/sshd
[ -z "$consul" ] || [ -x /usr/local/bin/consul ] || ln -sf "$consul" /usr/local/bin/consul
# A power cut leaves these: the numbers in them may be other processes' by now.
rm -f /var/run/docker.pid
/usr/sbin/sshd -f /etc/ssh/lab_sshd_config -E /var/log/sshd.log
dockerd >>/var/log/dockerd.log 2>&1 &
tries=0
until [ -S /run/docker.sock ] || [ "$tries" -ge 300 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
# As /etc/init.d/rc does at runlevel 2. One that fails is not the others' concern.
for script in /etc/rc2.d/S*; do
  [ -x "$script" ] || continue
  "$script" start >>/var/log/boot.log 2>&1 || echo "$script: ended with code $?" >>/var/log/boot.log
done
while :; do sleep 86400; done
`;
