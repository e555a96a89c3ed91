/**
 * The first process of a host, in namespaces of its own: it lays the host's file tree over the machine's programs, leaves the
 * machine's tree, and starts sshd and dockerd, as a distribution's init would. It stays, because the kernel ends every
 * process of the host with it, and because a shell that waits also reaps orphans. `$1`: the host's folder; `$2`: the machine's
 * Consul, or nothing.
 */
export const hostInit = `set -eu
folder=$1 disk=$1/disk root=$1/root consul=\${2:-}
mount -o loop "$folder/disk.img" "$disk"
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
while :; do sleep 86400; done
`;
