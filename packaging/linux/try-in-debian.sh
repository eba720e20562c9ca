#!/bin/bash
# Installs a .deb in a bare Debian 12 and uses it as a person would: as an ordinary user, in a window, with no
# network. As root: packaging/linux/try-in-debian.sh DEB FOLDER [OLDER_DEB]. Needs debootstrap, Xvfb, openbox,
# xdotool and scrot here. Pictures and what was printed are left in FOLDER/shown.
set -euo pipefail

deb=$(realpath "$1") work=$(realpath -m "$2") older=${3:+$(realpath "$3")}
root=$work/debian shown=$work/shown
mkdir -p "$shown"
home=/home/${writer:=writer}
[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root"

mounted=()
end() {
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do umount -l "${mounted[i]}" || true; done
    kill ${jobs_started:-} 2>/dev/null || true
}
trap end EXIT
bind() { mkdir -p "$root$1"; mount --bind "$1" "$root$1"; mounted+=("$root$1"); }
inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$root" "$@"; }
install() {
    cp "$1" "$root/srv/inkling.deb"
    inside apt-get install -y --no-install-recommends --allow-downgrades /srv/inkling.deb
}
# A namespace of its own for the network, with nothing in it, not even a loopback that is up.
as_user() {
    unshare --net chroot --userspec=writer:writer "$root" env -i HOME="$home" LANG=C.UTF-8 \
        DISPLAY="$display" PATH=/usr/local/bin:/usr/bin:/bin XDG_RUNTIME_DIR=/srv/run "$@"
}
wait_for_window() {
    for _ in $(seq 300); do
        window=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -1) && [ -n "$window" ] && return
        sleep 0.1
    done
    echo "no window named $1 came" >&2
    return 1
}
picture() { sleep 1; scrot --overwrite "$shown/$1.png"; }

for place in /proc /dev /dev/pts /sys; do bind $place; done
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside apt-get update -q
inside apt-get install -y --no-install-recommends xdg-utils desktop-file-utils shared-mime-info file
inside sh -c "id writer >/dev/null 2>&1 || useradd -m -d $home writer; mkdir -p /srv/run; chown writer /srv/run"
[ -z "$older" ] || install "$older"
[ -n "$older" ] || install "$deb"

exec 9<> <(:)
coproc X { exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null; }
read -r number <&"${X[0]}"
export DISPLAY=:$number display=:$number
jobs_started=$X_PID
openbox & jobs_started="$jobs_started $!"
bind /tmp/.X11-unix

started=$(date +%s%N)
as_user inkling > "$shown/first.txt" 2>&1 &
wait_for_window Inkling
echo "window after $((($(date +%s%N) - started) / 1000000)) ms (first start)" | tee "$shown/times.txt"
sleep 8
xdotool type --delay 60 'Once upon a time, there was a little girl named Lily who lived in a small vill'
sleep 6
picture suggestion
xdotool key Tab
sleep 2
xdotool key ctrl+s
sleep 2
picture saving
xdotool type --delay 40 $home/story.md
xdotool key Return
sleep 2
picture saved
cat "$root$home/story.md" | tee "$shown/story.md"
xdotool key ctrl+q
wait %?inkling || true

if [ -n "$older" ]; then
    before=$(sha256sum "$root$home"/.config/Inkling/* 2>/dev/null || true)
    install "$deb"
    after=$(sha256sum "$root$home"/.config/Inkling/* 2>/dev/null || true)
    [ "$before" = "$after" ] && echo "upgraded; settings kept" | tee "$shown/upgrade.txt"
fi

inside update-desktop-database -q
as_user xdg-open $home/story.md > "$shown/xdg-open.txt" 2>&1 &
wait_for_window story
picture xdg-open
xdotool key ctrl+q
sleep 3
started=$(date +%s%N)
as_user inkling > "$shown/again.txt" 2>&1 &
wait_for_window Inkling
echo "window after $((($(date +%s%N) - started) / 1000000)) ms (warm)" | tee -a "$shown/times.txt"
sleep 3
xdotool key ctrl+q
sleep 3
as_user inkling doctor > "$shown/doctor.txt" 2>&1 || true

inside apt-get purge -y inkling
left=$(inside sh -c 'find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /home -o -path /tmp -o -path /srv -o -path /var/log -o -path /var/cache \) -prune -o -iname "*inkling*" -print')
echo "left outside of home after purging: ${left:-nothing}" | tee "$shown/removed.txt"
ls -d "$root$home"/.config/Inkling "$root$home"/.local/share/Inkling | tee -a "$shown/removed.txt"
