# What CI refuses besides failing tests. Every step runs, so that one look shows all there is to do.

wrong=()
step() {
    local name=$1
    shift
    say "Checking $name"
    "$@" || wrong+=("$name")
}

cpp_sources() { find server tools -name '*.cpp' -o -name '*.hpp' | LC_ALL=C sort; }

run_format() {
    need_packages check
    cpp_sources | xargs clang-format-19 -i
    if [ -f web/package.json ]; then
        need_web_packages
        in_web npx prettier --write --log-level warn .
        need_sdk_packages
        in_sdk npm run --silent format
    fi
}

check_cpp_format() {
    cpp_sources | xargs clang-format-19 --dry-run -Werror || {
        echo "./dev format puts this right" >&2
        return 1
    }
}

# same_as_generated FILE COMMAND…: FILE is committed, and must be what the command prints.
same_as_generated() {
    local file=$1 fresh
    shift
    fresh=$(make_temporary)
    at_exit "rm -rf '$fresh'"
    "$@" >"$fresh/new" && diff -u "$file" "$fresh/new" >"$fresh/diff" || {
        head -n 20 "$fresh/diff" >&2
        echo "$file is stale: ./dev openapi writes it" >&2
        return 1
    }
}

check_web() {
    need_web_packages
    step "the web's format" in_web npx prettier --check --log-level warn .
    step "the web's rules" in_web npm run --silent lint
    step "the web's types" in_web npm run --silent types
    step "the web's weight" in_web npm run --silent budget
}

# Its types come from docs/openapi.json each time, so they are never stale.
check_sdk() {
    need_sdk_packages
    step "the SDK's format" in_sdk npm run --silent format:check
    step "the SDK's rules" in_sdk npm run --silent lint
    step "the SDK's types" in_sdk npm run --silent types
}

# Most of it takes one core; the rules' tests are compiled on the other.
web_checks=''
begin_web_checks() {
    web_checks=$(make_temporary)
    at_exit "rm -rf '$web_checks'"
    {
        wrong=()
        [ ! -f web/package.json ] || check_web
        check_sdk
        printf '%s\n' "${wrong[@]}" >"$web_checks/wrong"
    } >"$web_checks/said" 2>&1 &
    at_exit "stop_process $!"
    web_checks_pid=$!
}

end_web_checks() {
    local name
    wait "$web_checks_pid" || wrong+=("the web's checks did not end")
    cat "$web_checks/said" >&2
    while read -r name; do
        [ -z "$name" ] || wrong+=("$name")
    done <"$web_checks/wrong"
}

check_house_rules() {
    need_packages test
    configure release tests
    compile release test_system || return 1
    local rules=(build/release/test_system '--gtest_filter=*Tidy*')
    # Without this, a check that finds no rule would find no fault either.
    "${rules[@]}" --gtest_list_tests | grep -q . || { echo "there are no house rules" >&2 && return 1; }
    "${rules[@]}" --gtest_brief=1
}

# run_checks [--sanitize]
run_checks() {
    need_packages build database web test check
    step "the server's format" check_cpp_format
    build_program
    step "the published API" same_as_generated docs/openapi.json build/release/ponte openapi
    begin_web_checks
    step "the house rules" check_house_rules
    end_web_checks
    if [ "${1:-}" = --sanitize ]; then
        need_packages sanitize
        step "the server under sanitizers" sanitized_tests
    fi
    [ ${#wrong[@]} = 0 ] || die "wrong: $(printf '%s; ' "${wrong[@]}")"
    say "Everything is in order"
}

# Also leaks: LeakSanitizer reports at the end of each program.
sanitized_tests() {
    reports=build/asan/reports
    rm -rf "$reports"
    mkdir -p "$reports"
    export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0
    export UBSAN_OPTIONS=print_stacktrace=1
    local symbolizer
    symbolizer=$(command -v llvm-symbolizer-19 || command -v llvm-symbolizer || true)
    [ -z "$symbolizer" ] || export ASAN_SYMBOLIZER_PATH=$symbolizer
    run_server_tests asan
    sum_up
}
