# Node and the web interface. Debian 12's Node is too old for Vite, so a pinned one comes from npm
# into .cache/node (tools/node/package-lock.json), unless the machine's own is new enough.

node_major=24
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false

is_new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge "$node_major" ]
}

has_own_node() { [ -x .cache/node/bin/node ] && same_stamp node tools/node/package-lock.json; }
has_node() {
    has_own_node && return
    command -v node >/dev/null && command -v npm >/dev/null && is_new_enough node
}

# A stamp in .cache remembers the content for which a step was done.
content_of() { sha256sum "$@" 2>/dev/null | sha256sum | cut -d' ' -f1; }
same_stamp() { [ "$(cat ".cache/$1.stamp" 2>/dev/null)" = "$(content_of "${@:2}")" ]; }

# Networks with a certificate of their own put it into the system's store, where Node does not look.
trust_system_certificates() {
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
}

need_node() {
    need_packages web
    trust_system_certificates
    if ! has_node; then
        say "Fetching Node $node_major"
        rm -rf .cache/node
        mkdir -p .cache/node
        cp tools/node/package.json tools/node/package-lock.json .cache/node/
        npm ci --prefix .cache/node --ignore-scripts --loglevel=error >&2
        # By hand: Debian 12's npm 9 does not link the program of this package.
        mkdir .cache/node/bin
        (
            cd .cache/node/bin || exit
            ln -s ../node_modules/node-linux-*/bin/node node
            ln -s ../node_modules/npm/bin/npm-cli.js npm
            ln -s ../node_modules/npm/bin/npx-cli.js npx
        )
        content_of tools/node/package-lock.json >.cache/node.stamp
    fi
    if has_own_node; then
        PATH=$root/.cache/node/bin:$PATH
    fi
}

in_web() { (cd web && "$@"); }
in_sdk() { (cd sdk/typescript && "$@"); }

# need_npm_packages NAME DIRECTORY [OPTION…]: as its lock file says, once per content of that file.
need_npm_packages() {
    local name=$1 directory=$2
    shift 2
    need_node
    if [ ! -d "$directory/node_modules" ] || ! same_stamp "$name" "$directory/package-lock.json"; then
        say "Installing the packages of $directory"
        mkdir -p .cache
        (cd "$directory" && npm ci --loglevel=error "$@" >&2)
        content_of "$directory/package-lock.json" >".cache/$name.stamp"
    fi
}

need_web_packages() { need_npm_packages web-packages web; }
# Rules and format come from the web's packages.
need_sdk_packages() {
    need_web_packages
    need_npm_packages sdk-packages sdk/typescript
}

# Programs of others that tests talk to: each folder of tools/peers pins its own.
need_peers() {
    local peer
    for peer in tools/peers/*/; do
        need_npm_packages "peer-$(basename "$peer")" "${peer%/}" --ignore-scripts
    done
}

web_sources() {
    find web docs/openapi.json -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' \
        -not -path 'web/test-results/*' -not -path 'web/playwright-report/*' \
        -not -path 'web/.tanstack/*' -not -path 'web/e2e/*' \
        -not -name routeTree.gen.ts -not -name schema.d.ts -not -name '*.tsbuildinfo' \
        2>/dev/null | sort
}

build_web() {
    [ -f web/package.json ] || return 0
    local sources content
    mapfile -t sources < <(web_sources)
    if [ -f web/dist/index.html ] && same_stamp web-build "${sources[@]}"; then
        return
    fi
    need_web_packages
    say "Building the web interface"
    content=$(content_of "${sources[@]}")
    in_web npm run --silent build >&2
    printf '%s\n' "$content" >.cache/web-build.stamp
}
