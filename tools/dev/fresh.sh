# A new machine in a folder: debootstrap's smallest Debian, this repository's HEAD cloned into it,
# and the README's commands run there, as root or (--user) as an ordinary user with sudo. Mounts and
# processes live in namespaces of their own, so they are gone whatever happens.

run_fresh() {
    local release=bookworm as=root word
    for word in "$@"; do
        case $word in
            --user) as=ponte ;;
            bookworm | trixie) release=$word ;;
            *) die "usage: ./dev fresh [bookworm|trixie] [--user]" ;;
        esac
    done
    is_root || die "a new machine can only be made by root"
    if ! command -v debootstrap >/dev/null || ! command -v git >/dev/null; then
        install_packages debootstrap git
    fi
    local machine
    machine=$(make_temporary)
    at_exit "rm -rf --one-file-system '$machine'"
    export -f fresh_machine inside_machine say mount_machine first_page
    machine=$machine release=$release as=$as root=$root mirror=$(debian_mirror) \
        unshare --mount --propagation private --pid --fork --kill-child \
        bash -euo pipefail -c fresh_machine
}

# The mirror that this machine uses.
debian_mirror() {
    local uri
    uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
    printf '%s' "${uri:-http://deb.debian.org/debian}"
}

mount_machine() {
    local device
    mount -t proc proc "$machine/proc"
    mount -t tmpfs -o mode=755 tmpfs "$machine/dev"
    for device in null zero full random urandom tty; do
        touch "$machine/dev/$device"
        mount --bind "/dev/$device" "$machine/dev/$device"
    done
    mkdir "$machine/dev/pts" "$machine/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$machine/dev/pts"
    ln -s pts/ptmx "$machine/dev/ptmx"
    ln -s /proc/self/fd "$machine/dev/fd"
    mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
}

fresh_machine() {
    local home started=$SECONDS
    say "A new Debian ($release)"
    debootstrap --variant=minbase "$release" "$machine" "$mirror" >/dev/null
    cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
    echo "127.0.0.1 localhost $(hostname)" >"$machine/etc/hosts"
    # Networks with a certificate of their own.
    mkdir -p "$machine/usr/local/share"
    [ ! -d /usr/local/share/ca-certificates ] ||
        cp -r /usr/local/share/ca-certificates "$machine/usr/local/share/"
    mount_machine
    home=/root
    if [ "$as" != root ]; then
        chroot "$machine" apt-get -qq update >/dev/null
        chroot "$machine" apt-get -qq install -y --no-install-recommends sudo >/dev/null 2>&1
        chroot "$machine" useradd --create-home --shell /bin/bash "$as"
        echo "$as ALL=(ALL) NOPASSWD: ALL" >"$machine/etc/sudoers.d/$as"
        home=/home/$as
    fi
    git clone --quiet "file://$root" "$machine$home/ponte"
    chroot "$machine" chown -R "$as" "$home/ponte"
    echo "bare: $(du -sxm "$machine" | cut -f1) MB, $((SECONDS - started)) s"

    inside_machine "First ./dev run" './dev run' ready
    inside_machine "Second ./dev run" './dev run' ready
    inside_machine "./dev test" './dev test'
    started=$((SECONDS - started))
    say "A new $release, as $as: all of it in $((started / 60)) min $((started % 60)) s"
}

first_page() {
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    # In one piece: bash's own printf would send it line by line.
    cat <<<$'GET / HTTP/1.0\r\nHost: localhost\r\nAccept: text/html\r\n\r' >&3
    cat <&3
    exec 3<&-
}

# inside_machine TITLE COMMAND [ready]: with `ready`, the command serves; it is asked for its page
# and then stopped.
inside_machine() {
    local title=$1 command=$2 serves=${3:-} started=$SECONDS status=0
    local port=$((20000 + RANDOM % 12000))
    local enter=(env -i TERM=xterm PATH=/usr/sbin:/usr/bin:/sbin:/bin "PONTE_LISTEN=127.0.0.1:$port"
        chroot "$machine")
    local home=/root
    if [ "$as" != root ]; then
        home=/home/$as
        enter+=(setpriv --reuid "$as" --regid "$as" --init-groups env "HOME=$home" "USER=$as")
    else
        enter+=(env HOME=/root)
    fi
    say "$title"
    if [ -z "$serves" ]; then
        "${enter[@]}" bash -c "cd $home/ponte && $command" || status=$?
    else
        "${enter[@]}" bash -c "cd $home/ponte && exec $command" >"$machine/serve.log" 2>&1 &
        local server=$!
        tail -f --pid "$server" "$machine/serve.log" &
        until grep -q '^ready http' "$machine/serve.log"; do
            kill -0 "$server" 2>/dev/null || { say "it ended before it was ready"; exit 1; }
            sleep 0.2
        done
        echo "ready after $((SECONDS - started)) s"
        first_page "$port" | grep -qi '<!doctype html' || { say "it serves no page"; exit 1; }
        kill -TERM "$server"
        wait "$server" || status=$?
    fi
    echo "$title: exit $status, $((SECONDS - started)) s, $(du -sxm "$machine" | cut -f1) MB"
    [ "$status" = 0 ] || exit "$status"
}
