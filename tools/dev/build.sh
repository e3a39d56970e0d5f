# Building and starting the product.

jobs=${PONTE_JOBS:-$(nproc)}
export CCACHE_DIR=${CCACHE_DIR:-$root/.cache/ccache}
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G} CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

cache_says() { grep -q "^$2:BOOL=$3\$" "build/$1/CMakeCache.txt" 2>/dev/null; }

# configure PRESET [tests]: once, and again when tests or strictness are wanted for the first time.
configure() {
    local preset=$1 options=() strict=${PONTE_WERROR:-OFF}
    # Whoever builds the tests works on the program: what CI refuses, refuses here too.
    if [ "${2:-}" = tests ] || cache_says "$preset" PONTE_TESTS ON; then strict=${PONTE_WERROR:-ON}; fi
    cache_says "$preset" PONTE_WERROR "$strict" || options+=("-DPONTE_WERROR=$strict")
    if [ "${2:-}" = tests ] && ! cache_says "$preset" PONTE_TESTS ON; then
        options+=(-DPONTE_TESTS=ON)
    fi
    if [ ! -f "build/$preset/build.ninja" ] || [ ${#options[@]} -gt 0 ]; then
        mkdir -p "build/$preset"
        cmake --preset "$preset" "${options[@]}" >"build/$preset/configure.log" 2>&1 ||
            { cat "build/$preset/configure.log" >&2 && die "cmake refuses"; }
    fi
}

# compile PRESET TARGET…
compile() {
    local preset=$1
    shift
    cmake --build "build/$preset" -j "$jobs" --target "$@" >&2
}

build_program() {
    need_packages build database web
    build_web
    configure release
    say "Building the program"
    compile release ponte
}

run_build() {
    local preset=${1:-release}
    need_packages build
    [ "$preset" = asan ] && need_packages sanitize test
    [ "$preset" = asan ] || build_web
    configure "$preset"
    compile "$preset" all
}

# As root the database runs as another user, who cannot enter a home directory such as /root.
default_data() {
    local directory=$root
    if is_root; then
        while [ "$directory" != / ]; do
            case $(stat -c %A "$directory") in
                *[xt]) directory=$(dirname "$directory") ;;
                *) echo /var/lib/ponte && return ;;
            esac
        done
    fi
    echo "$root/data"
}

run_product() {
    build_program
    local data=${PONTE_DATA:-$(default_data)}
    say "Starting with data in $data; Ctrl+C stops"
    trap - EXIT INT TERM HUP
    exec build/release/ponte serve --demo --data "$data" "$@"
}

run_demo() {
    build_program
    local data port
    data=$(make_temporary)
    at_exit "rm -rf '$data'"
    port=$(free_port)
    say "A demo company on port $port, thrown away at Ctrl+C"
    build/release/ponte serve --demo --data "$data/data" --listen "127.0.0.1:$port" &
    at_exit "stop_process $!"
    wait $!
}

run_setup() {
    need_packages build database test browser check
    build_program
    build/release/ponte doctor || true
    say "Ready: ./dev run"
}

# run_migration [CAPABILITY/NAME]: without a name, the draft is printed. Compared with what this
# checkout's migrations make of an empty database, never with somebody's data.
run_migration() {
    local name=${1:-} directory file=''
    if [ -n "$name" ]; then
        file=$(migration_file "$name")
    fi
    build_program
    directory=$(make_temporary)
    at_exit "rm -rf '$directory'"
    build/release/ponte migration draft --data "$directory/data" >"$directory/draft"
    if grep -q 'nothing differs' "$directory/draft" || [ -z "$file" ]; then
        cat "$directory/draft"
        return
    fi
    mkdir -p "$(dirname "$file")"
    cp "$directory/draft" "$file"
    say "Drafted $file; read it before you keep it"
}

# customers/add_birthday -> server/modules/customers/migrations/202611240951_add_birthday.sql
migration_file() {
    local capability=${1%/*} what=${1##*/} module
    module=server/modules/$capability
    [[ $1 =~ ^[a-z_]+/[a-z0-9_]+$ ]] && [ -d "$module" ] ||
        die "say where and what: ./dev migration customers/add_birthday"
    echo "$module/migrations/$(date -u +%Y%m%d%H%M)_$what.sql"
}

# Without building the web, which may already speak the API that is about to be written.
run_openapi() {
    need_packages build
    configure release
    compile release ponte
    mkdir -p docs
    build/release/ponte openapi >docs/openapi.json.new
    mv docs/openapi.json.new docs/openapi.json
    if [ -f web/package.json ]; then
        need_web_packages
        in_web npm run --silent schema >&2
    fi
}

run_bench() {
    need_packages build database bench
    need_web_packages
    build_program
    compile release ponte_bench
    tools/bench/run "$@"
}

run_endure() {
    need_packages build database
    need_web_packages
    build_program
    tools/endurance/run "$@"
}
