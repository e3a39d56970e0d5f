# Debian packages, in groups; each command installs only the groups that it needs, and asks apt only
# when something is missing. docs/dependencies.md says what each package is for.

debian_release() {
    local release=
    [ -r /etc/os-release ] && release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    case $release in
        bookworm | trixie) printf '%s' "$release" ;;
        *) printf 'other' ;;
    esac
}

packages_of() {
    local release boost=1.83 postgres=17
    release=$(debian_release)
    if [ "$release" = bookworm ]; then
        boost=1.81 postgres=15
    fi
    case $1 in
        build)
            echo clang-19 lld-19 ninja-build cmake ccache pkg-config "libboost$boost-dev" \
                libpq-dev libsodium-dev libssl-dev libcurl4-openssl-dev zlib1g-dev libbrotli-dev \
                libutf8proc-dev libgmime-3.0-dev libxlsxwriter-dev libzip-dev libexpat1-dev \
                libpango1.0-dev libcairo2-dev
            ;;
        database) echo "postgresql-$postgres" tzdata ;;
        # Debian's npm fetches the Node of tools/node; any other npm does as well.
        web) if ! has_node && ! command -v npm >/dev/null; then echo npm ca-certificates; fi ;;
        test) echo libgtest-dev libgmock-dev poppler-utils ;;
        browser) if ! command -v chromium >/dev/null; then echo chromium; fi ;;
        check) echo clang-format-19 ;;
        bench) echo wrk redis-server ;;
        sanitize) echo libclang-rt-19-dev ;;
    esac
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# need_packages build database …
need_packages() {
    local group package missing=()
    if [ "$(debian_release)" = other ]; then
        warn_other_system
        return
    fi
    for group in "$@"; do
        for package in $(packages_of "$group"); do
            is_installed "$package" || missing+=("$package")
        done
    done
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

warn_other_system() {
    command -v clang++-19 >/dev/null || die "this is neither Debian 12 nor 13, and clang++-19 is" \
        "missing; docs/dependencies.md names what has to be installed"
}

# PostgreSQL's package would start a database of the system, which Ponte neither uses nor wants.
install_packages() {
    local script="
        set -e
        export DEBIAN_FRONTEND=noninteractive
        no_cluster=/etc/postgresql-common/createcluster.d/ponte.conf
        mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' > \$no_cluster
        trap 'rm -f \$no_cluster' EXIT
        get='apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0'
        \$get update
        \$get install -y --no-install-recommends $* >/tmp/ponte-apt.log 2>&1 || {
            tail -n 30 /tmp/ponte-apt.log
            exit 1
        }
        rm -f /tmp/ponte-apt.log"
    say "Installing $# Debian packages: $*"
    if is_root; then
        bash -c "$script"
    elif command -v sudo >/dev/null; then
        sudo bash -c "$script"
    else
        die "packages are missing and there is no sudo. Ask the administrator to run:
  apt-get update && apt-get install --no-install-recommends $*
(PostgreSQL's package also starts a database of the system. Ponte does not use it; put
'create_main_cluster = false' into /etc/postgresql-common/createcluster.conf to do without.)"
    fi
}
