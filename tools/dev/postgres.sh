# A private PostgreSQL cluster on TCP for `./dev test --external`: what a company that brings its own
# database has. It belongs to an ordinary user, listens on a free port and is gone afterwards.

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

# PostgreSQL refuses root.
as_database_user() {
    if is_root; then
        setpriv --reuid postgres --regid postgres --init-groups "$@"
    else
        "$@"
    fi
}

# Sets DATABASE_URL.
start_external_database() {
    local bin directory port password
    bin=$(postgres_bin)
    [ -n "$bin" ] || die "there is no PostgreSQL in /usr/lib/postgresql"
    directory=$(make_temporary)
    at_exit "rm -rf '$directory'"
    port=$(free_port)
    password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$directory/password"
    is_root && chown -R postgres "$directory"
    (
        cd "$directory"
        as_database_user "$bin/initdb" -D "$directory/pg" -U owner --pwfile="$directory/password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null
        as_database_user "$bin/pg_ctl" -D "$directory/pg" -w -s -l "$directory/log" \
            -o "-p $port -h 127.0.0.1 -k '' -c fsync=off -c max_connections=300" start
    ) || die "the private PostgreSQL does not start"
    at_exit "cd / && as_database_user '$bin/pg_ctl' -D '$directory/pg' -s -m immediate stop"
    export DATABASE_URL="postgresql://owner:$password@127.0.0.1:$port/postgres"
}
