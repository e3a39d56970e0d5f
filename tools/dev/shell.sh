# What every part of `dev` speaks with: messages, cleaning up, root, free ports.

export LC_ALL=C.UTF-8
export HOME=${HOME:-/tmp}

say() { printf '\033[1m» %s\033[0m\n' "$*" >&2; }
die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}

# Commands for the end of the program, last one first, whatever ends it.
cleanups=()
at_exit() { cleanups+=("$*"); }
run_cleanups() {
    local i
    for ((i = ${#cleanups[@]} - 1; i >= 0; i--)); do
        eval "${cleanups[$i]}" || true
    done
    cleanups=()
}
clean_up() {
    local status=$?
    run_cleanups
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

is_root() { [ "$(id -u)" = 0 ]; }

# A directory that disappears with this program, and that a database user can reach.
make_temporary() {
    local directory
    directory=$(mktemp -d "${TMPDIR:-/tmp}/ponte-XXXXXX")
    chmod 755 "$directory"
    printf '%s' "$directory"
}

# Ends a server that we started: politely, then for sure.
stop_process() {
    local pid=$1 waited
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((waited = 0; waited < 100; waited++)); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%s' "$port"
            return
        fi
    done
}
